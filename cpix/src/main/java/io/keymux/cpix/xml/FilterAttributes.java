package io.keymux.cpix.xml;

import java.util.HashMap;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/** The attributes of one filter; it remembers which of them nobody asked for. */
final class FilterAttributes {
  private static final long MAX_UNSIGNED_INT = 0xffff_ffffL;

  private final Map<QName, String> unread;
  private final Place place;

  FilterAttributes(JaxbUsageRule.AnyFilter filter, Place place) {
    this.unread = new HashMap<>(filter.attributes);
    unread
        .keySet()
        .removeIf(
            name -> name.getNamespaceURI().equals(XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI));
    this.place = place;
  }

  Place place() {
    return place;
  }

  boolean allRead() {
    return unread.isEmpty();
  }

  String required(String name) {
    return Lexical.required(take(name), place.attribute(name));
  }

  /** Bounds default to 0 and 2^32-1, so nothing outside is meaningful. */
  @Nullable Long number(String name) {
    String text = take(name);
    return text == null ? null : Lexical.number(text, place.attribute(name), 0, MAX_UNSIGNED_INT);
  }

  /** A bound of the model's narrower type; 2^31-1 stands for all that is larger. */
  @Nullable Integer integer(String name) {
    Long number = number(name);
    return number == null ? null : (int) Math.min(number, Integer.MAX_VALUE);
  }

  @Nullable Boolean bool(String name) {
    String text = take(name);
    return text == null ? null : Lexical.bool(text, place.attribute(name));
  }

  private @Nullable String take(String name) {
    return unread.remove(new QName(name));
  }
}
