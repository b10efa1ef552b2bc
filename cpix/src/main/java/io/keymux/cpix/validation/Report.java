package io.keymux.cpix.validation;

import io.keymux.cpix.xml.SafeXml;
import java.util.ArrayList;
import java.util.List;
import org.w3c.dom.Element;

/**
 * Collects findings. A rule that is not of the profile finds nothing, so checks need not ask which
 * profile it is.
 */
final class Report {
  /** A document with more faults than this is not read on: nobody would mend them one by one. */
  static final int MAX_FINDINGS = 500;

  private final CpixProfile profile;
  private final Strictness strictness;
  private final List<CpixFinding> findings = new ArrayList<>();

  Report(CpixProfile profile, Strictness strictness) {
    this.profile = profile;
    this.strictness = strictness;
  }

  List<CpixFinding> findings() {
    return List.copyOf(findings);
  }

  void at(Element element, CpixRule rule, String problem, String remedy) {
    add(rule, element, "", problem, remedy);
  }

  /** About an attribute of {@code element}, whether it is there or missing. */
  void at(Element element, String attribute, CpixRule rule, String problem, String remedy) {
    add(rule, element, "/@" + attribute, problem, remedy);
  }

  /** About a child that is missing. */
  void missing(Element parent, String child, CpixRule rule, String problem, String remedy) {
    String prefix = parent.getPrefix();
    add(rule, parent, "/" + (prefix == null ? "" : prefix + ":") + child, problem, remedy);
  }

  void add(CpixRule rule, Element element, String below, String problem, String remedy) {
    if (rule.appliesTo(profile) && findings.size() <= MAX_FINDINGS) {
      boolean full = findings.size() == MAX_FINDINGS;
      add(
          full ? CpixRule.TOO_MANY_FINDINGS : rule,
          full ? "/" : SafeXml.path(element) + below,
          full ? "There are more than " + MAX_FINDINGS + " findings." : problem,
          full ? "Mend what is listed and validate again." : remedy);
    }
  }

  void add(CpixRule rule, String xpath, String problem, String remedy) {
    findings.add(
        new CpixFinding(
            rule.grade().severity(profile, strictness), rule.id(), xpath, problem, remedy));
  }
}
