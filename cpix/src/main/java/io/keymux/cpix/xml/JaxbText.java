package io.keymux.cpix.xml;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlAnyAttribute;
import jakarta.xml.bind.annotation.XmlValue;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/**
 * An element with text. Its attributes are bound too, because that is what makes JAXB remember the
 * element it came from.
 */
@XmlAccessorType(XmlAccessType.FIELD)
final class JaxbText {
  @XmlValue String text = "";
  @XmlAnyAttribute Map<QName, String> attributes = new HashMap<>();

  /** One element with {@code text}, or none. */
  static List<JaxbText> list(@Nullable String text) {
    List<JaxbText> elements = new ArrayList<>();
    if (text != null) {
      elements.add(of(text));
    }
    return elements;
  }

  /** One element with the base64 of {@code text} in UTF-8, or none. */
  static List<JaxbText> base64(@Nullable String text) {
    return list(text == null ? null : Base64.getEncoder().encodeToString(text.getBytes(UTF_8)));
  }

  static JaxbText of(String text) {
    JaxbText element = new JaxbText();
    element.text = text;
    return element;
  }
}
