package io.keymux.cpix.xml;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlAnyAttribute;
import jakarta.xml.bind.annotation.XmlValue;
import java.util.HashMap;
import java.util.Map;
import javax.xml.namespace.QName;

/**
 * An element with text. Its attributes are bound too, because that is what makes JAXB remember the
 * element it came from.
 */
@XmlAccessorType(XmlAccessType.FIELD)
final class JaxbText {
  @XmlValue String text = "";
  @XmlAnyAttribute Map<QName, String> attributes = new HashMap<>();

  static JaxbText of(String text) {
    JaxbText element = new JaxbText();
    element.text = text;
    return element;
  }
}
