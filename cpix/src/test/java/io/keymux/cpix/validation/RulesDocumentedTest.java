package io.keymux.cpix.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RulesDocumentedTest {
  private static final RulesPage PAGE = RulesPage.read();

  @Test
  void rulesPage_listsTheRulesOfTheCodeInTheirOrder() {
    assertThat(PAGE.rows().keySet())
        .containsExactlyElementsOf(Arrays.stream(CpixRule.values()).map(CpixRule::id).toList());
  }

  @ParameterizedTest
  @EnumSource
  void rule_profilesAndSeverities_areAsDocumented(CpixRule rule) {
    RulesPage.Row row = PAGE.row(rule.id());
    for (CpixProfile profile : CpixProfile.values()) {
      assertThat(rule.appliesTo(profile)).as(profile.id()).isEqualTo(row.appliesTo(profile));
      for (Strictness strictness : Strictness.values()) {
        assertThat(rule.grade().severity(profile, strictness))
            .as("%s %s", profile.id(), strictness)
            .isEqualTo(row.severity(profile, strictness));
      }
    }
    assertThat(row.what()).endsWith(".").doesNotContain("|");
    assertThat(row.source()).isNotBlank();
  }
}
