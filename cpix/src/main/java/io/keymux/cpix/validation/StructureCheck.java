package io.keymux.cpix.validation;

import io.keymux.cpix.validation.ElementType.Attribute;
import io.keymux.cpix.validation.ValueType.Fault;
import io.keymux.cpix.xml.CpixDom;
import io.keymux.cpix.xml.CpixNames;
import java.util.List;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/**
 * Elements, their order and number, attributes and lexical types: what the schema of a version
 * checks, with its verdict.
 *
 * @see "DASH-IF CPIX, cpix.xsd of the version"
 */
final class StructureCheck {
  private final ElementTable table;
  private final Set<String> optional;
  private final Report report;
  private final Identities identities;

  /**
   * @param optional names of elements of CPIX that may be missing although the schema wants them
   */
  StructureCheck(ElementTable table, Set<String> optional, Report report) {
    this.table = table;
    this.optional = optional;
    this.report = report;
    this.identities = new Identities(report);
  }

  /** Checks the tree under {@code root}, which is a CPIX element. */
  void run(Element root) {
    check(root, table.type("CPIX"));
    identities.check(root, table.version());
  }

  private void check(Element element, ElementType type) {
    if (type.opaque()) {
      return;
    }
    attributes(element, type);
    if (type.text() != null) {
      simpleContent(element, type.text());
      return;
    }
    text(element, type);
    children(element, type);
  }

  private void attributes(Element element, ElementType type) {
    NamedNodeMap present = element.getAttributes();
    for (int i = 0; i < present.getLength(); i++) {
      Attr attribute = (Attr) present.item(i);
      String namespace = attribute.getNamespaceURI();
      if (!XMLConstants.XMLNS_ATTRIBUTE_NS_URI.equals(namespace)
          && !XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI.equals(namespace)) {
        Attribute declared =
            namespace == null ? type.attributes().get(attribute.getLocalName()) : null;
        if (declared == null) {
          undeclared(element, attribute, type);
        } else {
          value(element, attribute, declared.type());
        }
      }
    }
    type.attributes()
        .forEach(
            (name, declared) -> {
              if (declared.required() && !element.hasAttribute(name)) {
                report.at(
                    element,
                    name,
                    CpixRule.MISSING_ATTRIBUTE,
                    "The attribute is missing.",
                    "Add it.");
              }
            });
  }

  private void undeclared(Element element, Attr attribute, ElementType type) {
    if (attribute.getNamespaceURI() == null
        && type.otherAttributes().contains(attribute.getLocalName())) {
      report.at(
          element,
          attribute.getName(),
          CpixRule.OTHER_VERSION_ATTRIBUTE,
          "The attribute is of another version of CPIX.",
          "Remove it, or choose the profile of that version.");
    } else {
      report.at(
          element,
          attribute.getName(),
          CpixRule.UNEXPECTED_ATTRIBUTE,
          "CPIX has no such attribute here.",
          "Correct its name or remove it.");
    }
  }

  private void value(Element element, Attr attribute, ValueType type) {
    Fault fault = type.fault(attribute.getValue());
    if (fault != null) {
      report.at(element, attribute.getName(), fault.rule(), fault.problem(), fault.remedy());
    }
    identities.add(element, attribute, type);
  }

  private void simpleContent(Element element, ValueType type) {
    List<Element> children = CpixDom.children(element);
    children.forEach(this::unexpected);
    Fault fault = children.isEmpty() ? type.fault(element.getTextContent()) : null;
    if (fault != null) {
      report.at(element, fault.rule(), fault.problem(), fault.remedy());
    }
  }

  private void text(Element element, ElementType type) {
    boolean empty = type.particles().isEmpty();
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      boolean text =
          child.getNodeType() == Node.TEXT_NODE || child.getNodeType() == Node.CDATA_SECTION_NODE;
      if (text && !type.mixed() && (empty || !ValueType.collapse(child.getNodeValue()).isEmpty())) {
        report.at(
            element,
            CpixRule.UNEXPECTED_TEXT,
            "The element holds text%s.".formatted(empty ? " or blanks, but must be empty" : ""),
            "Remove it.");
        return;
      }
    }
  }

  private void children(Element parent, ElementType type) {
    int[] counts = new int[type.particles().size()];
    int last = 0;
    for (Element child : CpixDom.children(parent)) {
      QName name = name(child);
      int at = type.particle(name);
      if (at < 0) {
        misplaced(child, name, type);
        continue;
      }
      ElementType.Particle particle = type.particles().get(at);
      if (at < last) {
        report.at(
            child,
            CpixRule.ELEMENT_ORDER,
            "The element stands behind one that must follow it.",
            "Move it to its place in the order of the schema.");
      } else if (counts[at] == particle.max()) {
        repeated(child, particle);
      }
      counts[at]++;
      last = Math.max(last, at);
      String declared = particle.types().get(name);
      if (declared == null) {
        extension(child, particle.wildcard() != null && particle.wildcard().strict());
      } else {
        check(child, table.type(declared));
      }
    }
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] < type.particles().get(i).min()) {
        missing(parent, type, type.particles().get(i));
      }
    }
  }

  private void repeated(Element child, ElementType.Particle particle) {
    boolean choice = particle.types().size() > 1;
    report.at(
        child,
        CpixRule.REPEATED_ELEMENT,
        choice
            ? "Only one of the elements that may stand here is allowed."
            : "The element may stand %s only.".formatted(particle.max() == 1 ? "once" : "twice"),
        "Remove what is too much.");
  }

  private void missing(Element parent, ElementType type, ElementType.Particle particle) {
    String child =
        particle.types().keySet().stream().map(QName::getLocalPart).sorted().findFirst().orElse("");
    if (type.name().endsWith("List")) {
      report.at(
          parent,
          CpixRule.EMPTY_LIST,
          "The list has no " + child + ".",
          "Add one or remove the list.");
    } else if (!optional.contains(child)) {
      QName name =
          particle.types().keySet().stream()
              .filter(known -> known.getLocalPart().equals(child))
              .findFirst()
              .orElseThrow();
      String prefix = parent.lookupPrefix(name.getNamespaceURI());
      report.add(
          CpixRule.MISSING_ELEMENT,
          parent,
          "/" + (prefix == null ? "" : prefix + ":") + child,
          particle.types().size() > 1
              ? "None of the elements that may stand here is there."
              : "The element is missing.",
          "Add it.");
    }
  }

  private void misplaced(Element child, QName name, ElementType parent) {
    if (parent.otherElements().contains(name)) {
      report.at(
          child,
          CpixRule.OTHER_VERSION_ELEMENT,
          "The element is of another version of CPIX.",
          "Remove it, or choose the profile of that version.");
    } else if (CpixNames.CPIX.equals(name.getNamespaceURI()) && !ElementTable.isKnown(name)) {
      report.at(
          child,
          CpixRule.UNKNOWN_ELEMENT,
          "No version of CPIX has such an element.",
          "Move it to a namespace of its own, behind the others, or remove it.");
    } else {
      unexpected(child);
    }
  }

  private void unexpected(Element child) {
    report.at(
        child,
        CpixRule.UNEXPECTED_ELEMENT,
        "CPIX has no place for the element here.",
        "Check its name and its namespace, or remove it.");
  }

  /** What stands at an extension point: checked where the schemas know it, else passed over. */
  private void extension(Element element, boolean strict) {
    ElementType known = table.global(name(element));
    if (known != null) {
      check(element, known);
    } else if (strict) {
      report.at(
          element,
          CpixRule.UNDECLARED_EXTENSION,
          "The schemas of CPIX do not declare the element, which they want here.",
          "Leave it out.");
    } else {
      CpixDom.children(element).forEach(child -> extension(child, false));
    }
  }

  private static QName name(Element element) {
    @Nullable String namespace = element.getNamespaceURI();
    return new QName(namespace, element.getLocalName());
  }
}
