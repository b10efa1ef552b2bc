package io.keymux.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the API's description must be beyond being valid OpenAPI. */
final class OpenApiRules {
  /** The keys of a path that are operations. */
  static final Set<String> METHODS =
      Set.of("get", "post", "put", "delete", "head", "options", "patch", "trace");

  /** They ask nothing that could be wrong, and nothing that could be away. */
  private static final Set<String> CANNOT_FAIL =
      Set.of(
          "mediaPreflight",
          "keyPreflight",
          "clearKeyPreflight",
          "casLogout",
          "health",
          "openapi",
          "home",
          "mps",
          "player");

  private static final Pattern VARIABLE = Pattern.compile("\\{([^}]+)}");

  private final JsonNode root;
  private final SchemaCheck schemas;
  private final List<String> faults = new ArrayList<>();
  private final Set<String> references = new HashSet<>();
  private final Set<String> operationIds = new HashSet<>();
  private final Set<String> usedTags = new TreeSet<>();
  private final Set<String> usedSchemes = new TreeSet<>();

  private OpenApiRules(JsonNode root) {
    this.root = root;
    this.schemas = new SchemaCheck(root);
  }

  /** What is wrong, each with its place; empty if all is well. */
  static List<String> faults(JsonNode description) {
    OpenApiRules rules = new OpenApiRules(description);
    rules.check();
    return List.copyOf(rules.faults);
  }

  private void check() {
    walk("", root);
    root.path("paths").properties().forEach(path -> path(path.getKey(), path.getValue()));
    root.path("components")
        .path("schemas")
        .properties()
        .forEach(schema -> described("schema " + schema.getKey(), schema.getValue()));
    root.path("components")
        .path("parameters")
        .properties()
        .forEach(parameter -> described("parameter " + parameter.getKey(), parameter.getValue()));
    components();
    tags();
    security();
  }

  /** Everything that a place does not matter for. */
  private void walk(String at, JsonNode node) {
    JsonNode reference = node.path("$ref");
    if (reference.isTextual()) {
      String target = reference.asText();
      references.add(target);
      if (!target.startsWith("#/") || root.at(target.substring(1)).isMissingNode()) {
        faults.add(at + " leads nowhere: " + target);
      }
    }
    if (node.path("properties").isObject()) {
      schema(at, node);
    }
    if (node.has("default") && !node.path("default").isObject()) {
      fits(at + "/default", node, node.path("default"));
    }
    if (node.has("schema")) {
      node.path("examples")
          .properties()
          .forEach(
              example ->
                  fits(
                      at + "/examples/" + example.getKey(),
                      node.path("schema"),
                      example.getValue().path("value")));
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      walk(at + "/" + field.getKey().replace("~", "~0").replace("/", "~1"), field.getValue());
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      walk(at + "/" + i, node.path(i));
    }
  }

  private void fits(String at, JsonNode schema, JsonNode value) {
    schemas.faults(schema, value).forEach(fault -> faults.add(at + fault));
  }

  private void schema(String at, JsonNode schema) {
    JsonNode properties = schema.path("properties");
    properties
        .properties()
        .forEach(field -> described(at + "/properties/" + field.getKey(), field.getValue()));
    for (JsonNode required : schema.path("required")) {
      if (!properties.has(required.asText())) {
        faults.add(at + " requires what it does not have: " + required.asText());
      }
    }
  }

  private void described(String at, JsonNode node) {
    if (!node.has("$ref") && node.path("description").asText().isBlank()) {
      faults.add(at + " has no description");
    }
  }

  private void path(String path, JsonNode item) {
    item.properties()
        .forEach(
            entry -> {
              if (METHODS.contains(entry.getKey())) {
                operation(path, item, entry.getValue());
              }
            });
  }

  private void operation(String path, JsonNode item, JsonNode operation) {
    String id = operation.path("operationId").asText();
    if (id.isEmpty() || !operationIds.add(id)) {
      faults.add(path + " has an operation whose operationId is missing or used twice: " + id);
    }
    for (String field : List.of("summary", "description")) {
      if (operation.path(field).asText().isBlank()) {
        faults.add(id + " has no " + field);
      }
    }
    if (operation.path("tags").isEmpty()) {
      faults.add(id + " has no tag");
    }
    operation.path("tags").forEach(tag -> usedTags.add(tag.asText()));
    parameters(id, path, item, operation);
    responses(id, operation.path("responses"));
    operation.path("security").forEach(this::required);
  }

  private void parameters(String id, String path, JsonNode item, JsonNode operation) {
    Set<String> inPath = new TreeSet<>();
    for (JsonNode list : List.of(item.path("parameters"), operation.path("parameters"))) {
      for (JsonNode given : list) {
        JsonNode parameter =
            given.has("$ref") ? root.at(given.path("$ref").asText().substring(1)) : given;
        String name = parameter.path("name").asText();
        described(id + " parameter " + name, parameter);
        if (parameter.path("in").asText().equals("path")) {
          inPath.add(name);
        }
      }
    }
    Set<String> variables = new TreeSet<>();
    Matcher matcher = VARIABLE.matcher(path);
    while (matcher.find()) {
      variables.add(matcher.group(1));
    }
    if (!inPath.equals(variables)) {
      faults.add(id + " has the path parameters " + inPath + ", its path " + variables);
    }
  }

  private void responses(String id, JsonNode responses) {
    boolean success = false;
    boolean failure = false;
    for (Map.Entry<String, JsonNode> response : responses.properties()) {
      success |= response.getKey().startsWith("2");
      failure |= response.getKey().matches("[45].*");
    }
    if (!success) {
      faults.add(id + " has no response of success");
    }
    if (failure == CANNOT_FAIL.contains(id)) {
      faults.add(id + (failure ? " has" : " has no") + " response of failure");
    }
  }

  private void components() {
    root.path("components")
        .properties()
        .forEach(
            kind ->
                kind.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        name -> {
                          String reference = "#/components/" + kind.getKey() + "/" + name;
                          if (!kind.getKey().equals("securitySchemes")
                              && !references.contains(reference)) {
                            faults.add(reference + " is used nowhere");
                          }
                        }));
  }

  private void tags() {
    Set<String> declared = new TreeSet<>();
    for (JsonNode tag : root.path("tags")) {
      declared.add(tag.path("name").asText());
      described("tag " + tag.path("name").asText(), tag);
    }
    if (!declared.equals(usedTags)) {
      faults.add("tags " + declared + " are declared, " + usedTags + " are used");
    }
  }

  private void security() {
    if (!root.has("security")) {
      faults.add("security is not stated");
    }
    root.path("security").forEach(this::required);
    Set<String> declared = new TreeSet<>();
    root.path("components").path("securitySchemes").fieldNames().forEachRemaining(declared::add);
    if (!declared.equals(usedSchemes)) {
      faults.add("security schemes " + declared + " are declared, " + usedSchemes + " are used");
    }
  }

  private void required(JsonNode requirement) {
    requirement.fieldNames().forEachRemaining(usedSchemes::add);
  }
}
