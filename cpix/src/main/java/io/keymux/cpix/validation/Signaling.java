package io.keymux.cpix.validation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.xml.SafeXml;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** What signalling elements carry in base64. */
final class Signaling {
  private Signaling() {}

  /** UTF-8 text, or null if it is none. */
  static @Nullable String text(byte[] bytes) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** The elements of an XML fragment without byte order mark, or null if it is none. */
  static @Nullable List<Element> fragment(byte[] bytes) {
    String text = text(bytes);
    if (text == null || text.startsWith("\ufeff")) {
      return null;
    }
    try {
      List<Element> elements = SafeXml.parseFragment(text);
      return elements.isEmpty() ? null : elements;
    } catch (DrmException e) {
      return null;
    }
  }
}
