package io.keymux.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Holds values against schemas: the part of JSON Schema that the API's description uses. */
record SchemaCheck(JsonNode description) {

  /** What is wrong with a value, each with its place; empty if it fits. */
  List<String> faults(JsonNode schema, JsonNode value) {
    List<String> faults = new ArrayList<>();
    check("", schema, value, faults);
    return faults;
  }

  private void check(String at, JsonNode schema, JsonNode value, List<String> faults) {
    JsonNode resolved = schema;
    while (resolved.has("$ref")) {
      resolved = description.at(resolved.path("$ref").asText().substring(1));
    }
    JsonNode type = resolved.path("type");
    if (type.isTextual() && !isOf(type.asText(), value)) {
      faults.add(at + " is not " + type.asText());
      return;
    }
    checkValue(at, resolved, value, faults);
    for (JsonNode required : resolved.path("required")) {
      if (!value.has(required.asText())) {
        faults.add(at + "/" + required.asText() + " is missing");
      }
    }
    JsonNode properties = resolved.path("properties");
    JsonNode others = resolved.path("additionalProperties");
    value
        .properties()
        .forEach(
            field -> {
              String place = at + "/" + field.getKey();
              if (properties.has(field.getKey())) {
                check(place, properties.path(field.getKey()), field.getValue(), faults);
              } else if (others.isObject()) {
                check(place, others, field.getValue(), faults);
              } else if (others.isBoolean() && !others.asBoolean()) {
                faults.add(place + " is not in the schema");
              }
            });
    if (value.isArray() && resolved.has("items")) {
      for (int i = 0; i < value.size(); i++) {
        check(at + "/" + i, resolved.path("items"), value.path(i), faults);
      }
    }
  }

  private static void checkValue(String at, JsonNode schema, JsonNode value, List<String> faults) {
    if (schema.has("enum") && !contains(schema.path("enum"), value)) {
      faults.add(at + " is not one of the enumeration: " + value);
    }
    if (schema.has("const") && !schema.path("const").equals(value)) {
      faults.add(at + " is not " + schema.path("const"));
    }
    if (value.isTextual()
        && schema.has("pattern")
        && !value.asText().matches(schema.path("pattern").asText())) {
      faults.add(at + " does not match " + schema.path("pattern").asText());
    }
    if (value.isNumber()
        && (value.asDouble() < schema.path("minimum").asDouble(Double.NEGATIVE_INFINITY)
            || value.asDouble() > schema.path("maximum").asDouble(Double.POSITIVE_INFINITY))) {
      faults.add(at + " is out of range: " + value);
    }
  }

  private static boolean contains(JsonNode list, JsonNode value) {
    for (JsonNode entry : list) {
      if (entry.equals(value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOf(String type, JsonNode value) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      default -> throw new AssertionError("the description uses type " + type);
    };
  }
}
