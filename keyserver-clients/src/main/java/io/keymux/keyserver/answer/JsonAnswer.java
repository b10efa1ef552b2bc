package io.keymux.keyserver.answer;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.keymux.keyserver.http.KeyExchangeException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One JSON object of an answer, read strictly: a member is what it must be, or the answer is not
 * usable. Messages name the place and never the value.
 */
public final class JsonAnswer {
  private static final ObjectReader READER =
      JsonMapper.builder(
              new JsonFactoryBuilder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(64).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private final String host;
  private final String place;
  private final JsonNode node;

  private JsonAnswer(String host, String place, JsonNode node) {
    this.host = host;
    this.place = place;
    this.node = node;
  }

  /**
   * @param host of the key server, for messages
   * @param json UTF-8; not kept
   * @throws KeyExchangeException with code {@code key-response-invalid} if it is not one JSON
   *     object, or names a member twice
   */
  public static JsonAnswer read(String host, byte[] json) {
    return find(json)
        .map(node -> new JsonAnswer(host, "", node))
        .orElseThrow(() -> KeyExchangeException.invalidResponse(host, "it is not a JSON object"));
  }

  /**
   * As {@link #read}, but nothing if it is something else: the body of an error may be anything.
   */
  public static Optional<JsonAnswer> tryRead(String host, byte[] json) {
    return find(json).map(node -> new JsonAnswer(host, "", node));
  }

  private static Optional<JsonNode> find(byte[] json) {
    try {
      JsonNode node = READER.readTree(json);
      return node != null && node.isObject() ? Optional.of(node) : Optional.empty();
    } catch (IOException e) {
      // Dropped: its message quotes the source.
      return Optional.empty();
    }
  }

  /** Where this object is, for messages: {@code tracks[0]}; empty for the outermost. */
  public String place() {
    return place;
  }

  /** Whether the member is there and not null. */
  public boolean has(String name) {
    return node.hasNonNull(name);
  }

  /** The names of all members, in their order. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** A member that is an object. */
  public JsonAnswer object(String name) {
    return new JsonAnswer(host, at(name), require(name, JsonNode::isObject, "an object"));
  }

  /** A member that is an array of objects. */
  public List<JsonAnswer> objects(String name) {
    JsonNode array = require(name, JsonNode::isArray, "an array");
    List<JsonAnswer> objects = new ArrayList<>();
    for (JsonNode element : array) {
      String where = at(name) + "[" + objects.size() + "]";
      if (!element.isObject()) {
        throw invalid(where, "an object");
      }
      objects.add(new JsonAnswer(host, where, element));
    }
    return objects;
  }

  /** Whether a member is there that is not an empty array: a list of errors. */
  public boolean hasEntries(String name) {
    JsonNode member = node.get(name);
    return member != null && !member.isNull() && !(member.isArray() && member.isEmpty());
  }

  public String text(String name) {
    return require(name, JsonNode::isTextual, "a string").textValue();
  }

  /** A text, or nothing if it is absent, null or empty. */
  public Optional<String> optionalText(String name) {
    return has(name) ? Optional.of(text(name)).filter(text -> !text.isEmpty()) : Optional.empty();
  }

  /** A text, or nothing if it is absent or anything else. */
  public Optional<String> findText(String name) {
    return Optional.ofNullable(node.get(name)).map(JsonNode::textValue);
  }

  /** A whole number that fits 64 bits. */
  public long number(String name) {
    return require(name, n -> n.isIntegralNumber() && n.canConvertToLong(), "a whole number")
        .longValue();
  }

  /**
   * The bytes of a base64 text.
   *
   * @return the only copy, which the caller overwrites if it is secret
   */
  public byte[] base64(String name) {
    return decode(name, text(name));
  }

  /** As {@link #base64}, or nothing if it is absent, null or empty. */
  public Optional<byte[]> optionalBase64(String name) {
    return optionalText(name).map(text -> decode(name, text));
  }

  private byte[] decode(String name, String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw invalid(at(name), "base64");
    }
  }

  private JsonNode require(String name, Predicate<JsonNode> kind, String expected) {
    JsonNode member = node.get(name);
    if (member == null || member.isNull()) {
      throw KeyExchangeException.invalidResponse(host, at(name) + " is missing");
    }
    if (!kind.test(member)) {
      throw invalid(at(name), expected);
    }
    return member;
  }

  private String at(String name) {
    return place.isEmpty() ? name : place + "." + name;
  }

  private KeyExchangeException invalid(String where, String expected) {
    return KeyExchangeException.invalidResponse(host, where + " is not " + expected);
  }

  /** The place only. */
  @Override
  public String toString() {
    return "JsonAnswer[" + place + "]";
  }
}
