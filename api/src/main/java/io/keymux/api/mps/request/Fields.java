package io.keymux.api.mps.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keymux.api.json.Json;
import io.keymux.api.mps.problem.MpsException;
import io.keymux.api.problem.RequestException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an action, or an object among them. What was never asked for is unknown to the
 * action: {@link #end} refuses it. Fields that are {@code null}, empty texts and empty arrays count
 * as absent, as Tencent's service has it. Not thread-safe.
 */
public final class Fields {
  private final ObjectNode node;
  private final String path;
  private final boolean flat;
  private final Set<String> asked = new HashSet<>();
  private final List<Fields> children = new ArrayList<>();

  private Fields(ObjectNode node, String path, boolean flat) {
    this.node = node;
    this.path = path;
    this.flat = flat;
  }

  /**
   * Those of a JSON body; an empty one has none.
   *
   * @throws MpsException with code {@code InvalidParameter} if it is not a JSON object, or has a
   *     field twice
   */
  public static Fields ofJson(byte[] body) {
    if (body.length == 0) {
      return of(JsonNodeFactory.instance.objectNode());
    }
    try {
      return of(Json.read(body, ObjectNode.class));
    } catch (RequestException e) {
      // In words of our own: a parser quotes what it cannot read.
      throw MpsException.of(
          "InvalidParameter", "The body is not a JSON object.", "Send one, with each field once.");
    }
  }

  /** Those of a tree; it is not changed. */
  public static Fields of(ObjectNode tree) {
    return new Fields(tree, "", false);
  }

  /**
   * Those of a form or query, whose values are all texts.
   *
   * @throws MpsException with code {@code InvalidParameter} if names contradict each other
   */
  public static Fields ofFlat(Map<String, String> parameters) {
    return new Fields(FlatParameters.tree(parameters), "", true);
  }

  /** Where a field of this object stands, as {@code InputInfo.Type}. */
  public String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** Where this object stands. */
  public String path() {
    return path;
  }

  public boolean has(String name) {
    asked.add(name);
    return !absent(node.path(name));
  }

  /**
   * @throws MpsException with code {@code InvalidParameter} if it is not a text
   */
  public @Nullable String text(String name) {
    asked.add(name);
    JsonNode value = node.path(name);
    if (absent(value)) {
      return null;
    }
    if (!value.isTextual()) {
      throw MpsException.wrongType(at(name), "a string");
    }
    return value.textValue();
  }

  /**
   * @throws MpsException as {@link #text}, or with code {@code MissingParameter}
   */
  public String requiredText(String name) {
    String value = text(name);
    if (value == null) {
      throw MpsException.missing(at(name));
    }
    return value;
  }

  /**
   * @throws MpsException with code {@code InvalidParameter} if it is not a whole number
   */
  public @Nullable Long whole(String name) {
    asked.add(name);
    JsonNode value = node.path(name);
    if (absent(value)) {
      return null;
    }
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      return value.longValue();
    }
    if (flat && value.isTextual() && value.textValue().matches("-?\\d{1,18}")) {
      return Long.valueOf(value.textValue());
    }
    throw MpsException.wrongType(at(name), "an integer");
  }

  /**
   * @throws MpsException as {@link #whole}, or with code {@code MissingParameter}
   */
  public long requiredWhole(String name) {
    Long value = whole(name);
    if (value == null) {
      throw MpsException.missing(at(name));
    }
    return value;
  }

  /**
   * A number between bounds.
   *
   * @param usual what an absent one means
   * @throws MpsException as {@link #whole}, or with code {@code InvalidParameterValue}
   */
  public long between(String name, long least, long most, long usual) {
    Long value = whole(name);
    if (value == null) {
      return usual;
    }
    if (value < least || value > most) {
      throw MpsException.invalidValue(
          at(name), "is " + value, "Use %d to %d.".formatted(least, most));
    }
    return value;
  }

  /**
   * @throws MpsException with code {@code InvalidParameter} if it is neither true nor false
   */
  public @Nullable Boolean truth(String name) {
    asked.add(name);
    JsonNode value = node.path(name);
    if (absent(value)) {
      return null;
    }
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    if (flat && value.isTextual() && value.textValue().matches("true|false")) {
      return Boolean.valueOf(value.textValue());
    }
    throw MpsException.wrongType(at(name), "true or false");
  }

  /**
   * One of several texts.
   *
   * @throws MpsException as {@link #text}, or with code {@code InvalidParameterValue}
   */
  public @Nullable String choice(String name, List<String> choices) {
    String value = text(name);
    if (value != null && !choices.contains(value)) {
      throw MpsException.invalidValue(
          at(name), "is not one of " + String.join(", ", choices), "Use one of them.");
    }
    return value;
  }

  /**
   * @throws MpsException with code {@code InvalidParameter} if it is not an object
   */
  public @Nullable Fields object(String name) {
    asked.add(name);
    JsonNode value = node.path(name);
    return absent(value) ? null : child(value, at(name));
  }

  /**
   * @throws MpsException as {@link #object}, or with code {@code MissingParameter}
   */
  public Fields requiredObject(String name) {
    Fields value = object(name);
    if (value == null) {
      throw MpsException.missing(at(name));
    }
    return value;
  }

  /**
   * The objects of an array; none if it is absent.
   *
   * @throws MpsException with code {@code InvalidParameter} if it is not an array of objects
   */
  public List<Fields> objects(String name) {
    List<Fields> objects = new ArrayList<>();
    for (JsonNode entry : entries(name)) {
      objects.add(child(entry, at(name) + "." + objects.size()));
    }
    return objects;
  }

  /**
   * The whole numbers of an array; none if it is absent.
   *
   * @throws MpsException with code {@code InvalidParameter} if it is not an array of them
   */
  public List<Long> wholes(String name) {
    List<Long> values = new ArrayList<>();
    ObjectNode numbered = JsonNodeFactory.instance.objectNode();
    for (JsonNode entry : entries(name)) {
      String key = Integer.toString(numbered.size());
      numbered.set(key, entry);
      values.add(new Fields(numbered, at(name), flat).requiredWhole(key));
    }
    return values;
  }

  private JsonNode entries(String name) {
    asked.add(name);
    JsonNode value = node.path(name);
    if (!absent(value) && !value.isArray()) {
      throw MpsException.wrongType(at(name), "an array");
    }
    return value;
  }

  /** Takes fields that mean nothing here, whatever they hold. */
  public void ignore(String... names) {
    asked.addAll(List.of(names));
  }

  /**
   * Refuses a field that asks for what is not done here.
   *
   * @param why follows the field's name
   * @throws MpsException with code {@code UnsupportedOperation} if it is there
   */
  public void refuse(String name, String why, String remedy) {
    if (has(name)) {
      throw MpsException.unsupported(at(name), why, remedy);
    }
  }

  /** The object as it came. */
  public ObjectNode tree() {
    return node.deepCopy();
  }

  /**
   * Refuses fields that nobody asked for, here and in the objects that were asked for.
   *
   * @throws MpsException with code {@code UnknownParameter}
   */
  public void end() {
    Iterator<String> names = node.fieldNames();
    while (names.hasNext()) {
      String name = names.next();
      if (!asked.contains(name)) {
        throw MpsException.unknown(ShownName.of(at(name)));
      }
    }
    children.forEach(Fields::end);
  }

  private Fields child(JsonNode value, String at) {
    if (!(value instanceof ObjectNode object)) {
      throw MpsException.wrongType(at, "an object");
    }
    Fields child = new Fields(object, at, flat);
    children.add(child);
    return child;
  }

  private static boolean absent(JsonNode value) {
    return value.isMissingNode()
        || value.isNull()
        || (value.isTextual() && value.textValue().isEmpty())
        || (value.isArray() && value.isEmpty());
  }
}
