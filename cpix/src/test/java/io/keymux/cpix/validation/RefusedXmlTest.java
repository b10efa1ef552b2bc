package io.keymux.cpix.validation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.validation.CpixFinding.Severity;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RefusedXmlTest {

  static Stream<Map.Entry<String, String>> refused() {
    return Map.of(
        "xml-not-well-formed", "<a>",
        "xml-dtd-refused", "<!DOCTYPE a><a/>",
        "xml-too-large", "<a>" + " ".repeat(1 << 20) + "</a>",
        "xml-too-deep", "<a>".repeat(65) + "</a>".repeat(65),
        "xml-too-many-elements", "<a>" + "<b/>".repeat(10_000) + "</a>")
        .entrySet()
        .stream();
  }

  @ParameterizedTest
  @MethodSource("refused")
  void validate_xmlThatIsRefused_isOneFindingWithItsCode(Map.Entry<String, String> refused) {
    assertThat(
            CpixValidator.validate(
                refused.getValue().getBytes(UTF_8), CpixProfile.CPIX_2_4, Strictness.LENIENT))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.rule()).isEqualTo(refused.getKey());
              assertThat(finding.severity()).isEqualTo(Severity.ERROR);
              assertThat(finding.xpath()).isEqualTo("/");
            });
  }

  @Test
  void validate_moreFaultsThanAnyoneReads_stopsWithAFindingOfItsOwn() {
    String xml = "<CPIX xmlns='urn:dashif:org:cpix'>" + "<Vendor/>".repeat(9_000) + "</CPIX>";
    List<CpixFinding> findings =
        CpixValidator.validate(xml.getBytes(UTF_8), CpixProfile.CPIX_2_3, Strictness.STRICT);
    assertThat(findings).hasSize(501);
    assertThat(findings.get(499).rule()).isEqualTo("unknown-element");
    assertThat(findings.get(500).rule()).isEqualTo("too-many-findings");
  }

  @ParameterizedTest
  @EnumSource
  void ofId_everyProfile_isFoundByItsName(CpixProfile profile) {
    assertThat(CpixProfile.ofId(profile.id())).isEqualTo(profile);
  }

  @Test
  void ofId_anotherName_isRefusedWithThoseThatThereAre() {
    assertThatExceptionOfType(DrmException.class)
        .isThrownBy(() -> CpixProfile.ofId("cpix-2.0"))
        .satisfies(
            e -> {
              assertThat(e.code()).isEqualTo("unknown-cpix-profile");
              assertThat(e.remedy()).contains("cpix-2.3.1, cpix-2.4, speke-v1, speke-v2");
            });
  }
}
