package io.keymux.cpix.validation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.validation.CpixFinding.Severity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each rule, broken once in a document that is clean otherwise, gives one finding at its place. */
class RuleFaultTest {
  private static final RulesPage PAGE = RulesPage.read();

  /** Rules about XML itself and about numbers of findings: RefusedXmlTest has them. */
  private static final Set<CpixRule> ELSEWHERE =
      Set.of(
          CpixRule.XML_NOT_WELL_FORMED,
          CpixRule.XML_DTD_REFUSED,
          CpixRule.XML_TOO_LARGE,
          CpixRule.XML_TOO_DEEP,
          CpixRule.XML_TOO_MANY_ELEMENTS,
          CpixRule.TOO_MANY_FINDINGS);

  /** A block of {@code faults.txt}. Without {@code find} the whole document is the fault. */
  private record Fault(Map<String, String> lines) {
    String line(String name) {
      return Objects.requireNonNull(lines.get(name), name);
    }

    CpixProfile profile() {
      return CpixProfile.ofId(line("as"));
    }

    String broken() {
      String clean = Samples.own(line("in"));
      if (!lines.containsKey("find")) {
        return clean;
      }
      assertThat(clean).contains(line("find"));
      int at = clean.indexOf(line("find"));
      return clean.substring(0, at)
          + lines.getOrDefault("put", "")
          + clean.substring(at + line("find").length());
    }
  }

  @TestFactory
  Stream<DynamicTest> validate_oneFault_isOneFindingOfItsRuleAtItsPlace() {
    return faults().stream()
        .map(
            fault ->
                DynamicTest.dynamicTest(
                    fault.line("rule") + " in " + fault.line("in"), () -> check(fault)));
  }

  private static void check(Fault fault) {
    byte[] xml = fault.broken().getBytes(UTF_8);
    for (Strictness strictness : Strictness.values()) {
      List<CpixFinding> findings = CpixValidator.validate(xml, fault.profile(), strictness);
      Severity severity = PAGE.row(fault.line("rule")).severity(fault.profile(), strictness);
      assertThat(findings)
          .extracting(CpixFinding::rule, CpixFinding::xpath, CpixFinding::severity)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple(fault.line("rule"), fault.line("at"), severity));
      assertThat(findings.get(0).problem()).matches("(?s)[^a-z].*\\.");
      assertThat(findings.get(0).remedy()).matches("(?s)[A-Z].*\\.");
    }
  }

  @Test
  void faults_haveEveryRule() {
    Set<String> broken = faults().stream().map(f -> f.line("rule")).collect(Collectors.toSet());
    assertThat(
            Arrays.stream(CpixRule.values())
                .filter(rule -> !ELSEWHERE.contains(rule))
                .map(CpixRule::id))
        .containsExactlyInAnyOrderElementsOf(broken);
  }

  private static List<Fault> faults() {
    List<Fault> faults = new ArrayList<>();
    for (String block : Samples.own("faults.txt").split("\n\n", -1)) {
      Map<String, String> lines = new HashMap<>();
      block
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(
              line -> {
                int blank = line.indexOf(' ');
                lines.put(line.substring(0, blank), line.substring(blank + 1));
              });
      if (!lines.isEmpty()) {
        faults.add(new Fault(lines));
      }
    }
    return faults;
  }
}
