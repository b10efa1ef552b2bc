package io.keymux.keyserver.profile;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keymux.cpix.SecretBytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One section of a profile while it is read. Every field is asked for by name and type; what was
 * not asked for is a fault, so a misspelt field is not passed over. Not safe for several threads.
 */
final class ProfileFields {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(ms|s|m|h)");
  private static final JsonNode NOTHING = MissingNode.getInstance();

  private final String name;
  private final String pointer;
  private final @Nullable ObjectNode node;
  private final SecretSource secrets;
  private final Set<String> asked = new LinkedHashSet<>();
  private final Map<String, ProfileFields> opened = new LinkedHashMap<>();
  private final List<ProfileFields> listed = new ArrayList<>();

  private ProfileFields(
      String name, String pointer, @Nullable ObjectNode node, SecretSource secrets) {
    this.name = name;
    this.pointer = pointer;
    this.node = node;
    this.secrets = secrets;
  }

  /**
   * @param name of the key server, for messages
   */
  static ProfileFields of(String name, ObjectNode node, SecretSource secrets) {
    return new ProfileFields(name, "", node, secrets);
  }

  /** Whether the field is there. */
  boolean has(String field) {
    return !value(field).isMissingNode();
  }

  /** A section; an absent one has no fields. */
  ProfileFields section(String field) {
    JsonNode value = value(field);
    asked.add(field);
    if (!value.isMissingNode() && !value.isObject()) {
      throw fault(field, "is not a section");
    }
    return opened.computeIfAbsent(
        field,
        key ->
            new ProfileFields(
                name,
                pointer + "/" + field,
                value instanceof ObjectNode object ? object : null,
                secrets));
  }

  /** A section, or a list of them. */
  List<ProfileFields> sections(String field) {
    JsonNode value = value(field);
    if (!value.isArray()) {
      return has(field) ? List.of(section(field)) : List.of();
    }
    asked.add(field);
    List<ProfileFields> found = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      if (!(value.get(i) instanceof ObjectNode object)) {
        throw fault(field + "/" + i, "is not a section");
      }
      found.add(new ProfileFields(name, pointer + "/" + field + "/" + i, object, secrets));
    }
    listed.addAll(found);
    return found;
  }

  String text(String field) {
    String text = optional(field);
    if (text == null || text.isBlank()) {
      throw fault(field, "is missing");
    }
    return text;
  }

  String text(String field, String otherwise) {
    String text = optional(field);
    return text == null ? otherwise : text;
  }

  @Nullable String optional(String field) {
    JsonNode value = taken(field);
    if (value.isMissingNode()) {
      return null;
    }
    if (!value.isTextual() && !value.isNumber()) {
      throw fault(field, "is not a text");
    }
    return value.asText();
  }

  /** A text that stands in a signature or header as it is; null if the field is absent. */
  @Nullable String word(String field) {
    String word = optional(field);
    if (word != null && !word.matches("[\\x21-\\x7e&&[^,/]]+")) {
      throw fault(field, "has a character that it cannot have");
    }
    return word;
  }

  boolean flag(String field, boolean otherwise) {
    JsonNode value = taken(field);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw fault(field, "is not true or false");
    }
    return value.booleanValue();
  }

  int number(String field, int otherwise, int least, int most) {
    JsonNode value = taken(field);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isInt() || value.intValue() < least || value.intValue() > most) {
      throw fault(field, "is not a number from %d to %d".formatted(least, most));
    }
    return value.intValue();
  }

  /** Such as {@code 500ms}, {@code 30s} or {@code 2h}. */
  Duration duration(String field, Duration otherwise) {
    String text = optional(field);
    if (text == null) {
      return otherwise;
    }
    Matcher form = DURATION.matcher(text);
    if (!form.matches()) {
      throw fault(field, "is not a time such as 500ms, 30s, 5m or 2h");
    }
    long count = Long.parseLong(form.group(1));
    return switch (form.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      default -> Duration.ofHours(count);
    };
  }

  /** As {@link #duration}, and more than nothing. */
  Duration positive(String field, Duration otherwise) {
    Duration duration = duration(field, otherwise);
    if (has(field) && duration.isZero()) {
      throw fault(field, "is not more than 0");
    }
    return duration;
  }

  /** One of several words. */
  <T> T choice(String field, Map<String, T> words, T otherwise) {
    String text = optional(field);
    if (text == null) {
      return otherwise;
    }
    T chosen = words.get(text);
    if (chosen == null) {
      throw fault(field, "is not one of " + String.join(", ", words.keySet()));
    }
    return chosen;
  }

  /** Texts; null if the field is absent. */
  @Nullable List<String> texts(String field) {
    JsonNode value = taken(field);
    if (value.isMissingNode()) {
      return null;
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode item : value) {
      if (!item.isTextual()) {
        throw fault(field, "is not a list of texts");
      }
      texts.add(item.textValue());
    }
    if (!value.isArray()) {
      throw fault(field, "is not a list of texts");
    }
    return texts;
  }

  /** Texts by name, in their order; empty if the field is absent. */
  Map<String, String> map(String field) {
    JsonNode value = taken(field);
    Map<String, String> map = new LinkedHashMap<>();
    if (value.isMissingNode()) {
      return map;
    }
    if (!value.isObject()) {
      throw fault(field, "is not a section of texts");
    }
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      if (!entry.getValue().isValueNode()) {
        throw fault(field + "/" + entry.getKey(), "is not a text");
      }
      map.put(entry.getKey(), entry.getValue().asText());
    }
    return map;
  }

  /** A text that may stand elsewhere, as a URL with a token in its path. */
  String textOrSecret(String field) {
    String text = text(field);
    if (!text.startsWith("${")) {
      return text;
    }
    SecretBytes secret = secret(field);
    byte[] bytes = secret.reveal();
    try {
      return new String(bytes, UTF_8);
    } finally {
      Arrays.fill(bytes, (byte) 0);
      secret.wipe();
    }
  }

  /** A secret that stands elsewhere. */
  SecretBytes secret(String field) {
    return secrets.resolve(place(field), text(field));
  }

  /** A secret that stands elsewhere, or null if there is none. */
  @Nullable SecretBytes optionalSecret(String field) {
    return has(field) ? secret(field) : null;
  }

  /**
   * @throws ProfileException if this section, or one below that was asked for, has a field that
   *     nobody asked for
   */
  void requireAllUsed() {
    if (node != null) {
      node.fieldNames()
          .forEachRemaining(
              field -> {
                if (!asked.contains(field)) {
                  throw fault(field, "is not known here; known are " + String.join(", ", asked));
                }
              });
    }
    opened.values().forEach(ProfileFields::requireAllUsed);
    listed.forEach(ProfileFields::requireAllUsed);
  }

  /** What is wrong with {@code field}; the value is not told. */
  ProfileException fault(String field, String problem) {
    return ProfileException.invalid(name, pointer + "/" + field, problem);
  }

  /** The field as it would be called in a configuration file. */
  String place(String field) {
    return "keyServers." + name + (pointer + "/" + field).replace('/', '.');
  }

  private JsonNode taken(String field) {
    asked.add(field);
    return value(field);
  }

  private JsonNode value(String field) {
    JsonNode value = node == null ? null : node.get(field);
    return value == null || value.isNull() ? NOTHING : value;
  }
}
