package io.keymux.api.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.xml.SafeXml;
import io.keymux.packager.verify.Finding;
import io.keymux.packager.verify.VerificationReport;
import java.util.List;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** A verification as JUnit XML: a test case for the presentation, one more for each error. */
final class JunitReport {
  private JunitReport() {}

  static String of(String path, VerificationReport report) {
    List<Finding> errors =
        report.findings().stream().filter(f -> f.severity() == Finding.Severity.ERROR).toList();
    Document document = SafeXml.newDocument();
    Element suite = document.createElement("testsuite");
    suite.setAttribute("name", "keymux verify " + path);
    suite.setAttribute("tests", String.valueOf(1 + errors.size()));
    suite.setAttribute("failures", String.valueOf(errors.size() + (report.passed() ? 0 : 1)));
    document.appendChild(suite);
    Element whole = testCase(suite, "presentation");
    if (!report.passed()) {
      failure(whole, "failed", errors.size() + " errors");
    }
    for (Finding error : errors) {
      failure(testCase(suite, error.place()), error.code(), error.message());
    }
    Element out = document.createElement("system-out");
    StringBuilder others = new StringBuilder();
    report.findings().stream()
        .filter(f -> f.severity() != Finding.Severity.ERROR)
        .forEach(f -> others.append(f).append('\n'));
    out.setTextContent(others.toString());
    suite.appendChild(out);
    return new String(SafeXml.serialize(document), UTF_8) + "\n";
  }

  private static Element testCase(Element suite, String name) {
    Element element = suite.getOwnerDocument().createElement("testcase");
    element.setAttribute("classname", "keymux.verify");
    element.setAttribute("name", name);
    suite.appendChild(element);
    return element;
  }

  private static void failure(Element testCase, String type, String message) {
    Element failure = testCase.getOwnerDocument().createElement("failure");
    failure.setAttribute("type", type);
    failure.setAttribute("message", message);
    testCase.appendChild(failure);
  }
}
