package io.keymux.api.keyserver.drmtoday;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.keymux.api.problem.FieldError;
import io.keymux.api.problem.RequestException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A value in a request's body and where it stands. What is refused is not quoted: it may be a key.
 *
 * @param node missing if there is no such field
 */
record JsonPlace(JsonNode node, JsonPointer pointer) {

  /** A field of this object; {@code null} counts as missing. */
  JsonPlace field(String name) {
    return new JsonPlace(node.path(name), pointer.appendProperty(name));
  }

  boolean missing() {
    return node.isMissingNode() || node.isNull();
  }

  /**
   * The entries of an array; none if it is missing.
   *
   * @param most entries that are taken
   * @throws RequestException with status 400 for anything else, 422 if there are more
   */
  List<JsonPlace> entries(int most) {
    if (!missing() && !node.isArray()) {
      throw wrongType("an array");
    }
    if (node.size() > most) {
      throw invalid("has more than " + most + " entries.");
    }
    List<JsonPlace> entries = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      entries.add(new JsonPlace(node.path(i), pointer.appendIndex(i)));
    }
    return entries;
  }

  /**
   * A text without control characters; empty if it is missing.
   *
   * @throws RequestException with status 400 for anything else, 422 if it is longer than 256
   */
  String text() {
    if (missing()) {
      return "";
    }
    if (!node.isTextual()) {
      throw wrongType("a text");
    }
    if (!node.textValue().matches("\\P{Cntrl}{0,256}")) {
      throw invalid("is longer than 256 characters or has control characters.");
    }
    return node.textValue();
  }

  /**
   * @param usual what a missing one means
   * @throws RequestException with status 400 if it is not a boolean
   */
  boolean truth(boolean usual) {
    if (missing()) {
      return usual;
    }
    if (!node.isBoolean()) {
      throw wrongType("true or false");
    }
    return node.booleanValue();
  }

  /**
   * 16 bytes, which the caller overwrites if they are secret.
   *
   * @throws RequestException with status 400 for anything but a text, 422 if that is not base64 of
   *     16 bytes
   */
  byte[] block() {
    if (!node.isTextual()) {
      throw wrongType("a text");
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(node.textValue());
      if (bytes.length == 16) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // Answered below, without the exception: it quotes a character.
    }
    throw invalid("is not 16 bytes in base64.");
  }

  RequestException invalid(String detail) {
    return RequestException.invalidValue(
        new FieldError(pointer.toString(), "invalid-value", detail));
  }

  RequestException wrongType(String wanted) {
    return RequestException.invalidBody(
        new FieldError(pointer.toString(), "invalid-value", "is not " + wanted + "."), null);
  }
}
