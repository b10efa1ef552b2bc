package io.keymux.cpix.validation;

import io.keymux.cpix.CpixVersion;
import java.util.List;
import org.w3c.dom.Element;

/** UUIDs that the schemas of older versions take for any text; the prose never did. */
final class KidFormCheck implements Check {
  @Override
  public void run(DocumentView tree, Report report) {
    if (!tree.version().isAtLeast(CpixVersion.V2_3)) {
      tree.keys().forEach(key -> uuid(key, "kid", report));
    }
    if (!tree.version().isAtLeast(CpixVersion.V2_3_1)) {
      tree.keys().forEach(key -> uuid(key, "dependsOnKey", report));
      for (List<Element> elements : List.of(tree.systems(), tree.rules())) {
        elements.forEach(element -> uuid(element, "kid", report));
      }
      tree.systems().forEach(system -> uuid(system, "systemId", report));
    }
  }

  private static void uuid(Element element, String name, Report report) {
    ValueType.Fault fault =
        element.hasAttribute(name) ? UuidText.fault(element.getAttribute(name)) : null;
    if (fault != null) {
      report.at(element, name, fault.rule(), fault.problem(), fault.remedy());
    }
  }
}
