package io.keymux.api.mps.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keymux.api.mps.problem.MpsException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes a tree of parameters that came flat, as {@code InputInfo.UrlInputInfo.Url} and {@code
 * Set.0.Field}. All its values are texts.
 */
final class FlatParameters {
  private static final int MOST_LEVELS = 16;
  private static final int MOST_ENTRIES = 1000;

  private FlatParameters() {}

  /**
   * @throws MpsException with code {@code InvalidParameter} if a name contradicts another, or an
   *     array has a gap
   */
  static ObjectNode tree(Map<String, String> parameters) {
    Branch root = new Branch();
    parameters.forEach((name, value) -> root.put(name, name.split("\\.", -1), 0, value));
    JsonNode tree = root.node("");
    if (!tree.isObject()) {
      throw MpsException.of(
          "InvalidParameter", "A parameter's name is a number.", "Check the names.");
    }
    return (ObjectNode) tree;
  }

  /** A node while it is not known whether it is an array. */
  private static final class Branch {
    private final Map<String, Object> children = new TreeMap<>();

    void put(String name, String[] steps, int level, String value) {
      if (steps.length > MOST_LEVELS || steps[level].isEmpty()) {
        throw malformed(name);
      }
      boolean leaf = level == steps.length - 1;
      Object child = children.computeIfAbsent(steps[level], step -> leaf ? value : new Branch());
      if (leaf != child instanceof String) {
        throw malformed(name);
      }
      if (child instanceof Branch branch) {
        branch.put(name, steps, level + 1, value);
      }
    }

    JsonNode node(String path) {
      boolean array =
          !children.isEmpty() && children.keySet().stream().allMatch(k -> k.matches("\\d{1,4}"));
      return array ? array(path) : object(path);
    }

    private ObjectNode object(String path) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      children.forEach(
          (name, child) ->
              object.set(name, value(path.isEmpty() ? name : path + "." + name, child)));
      return object;
    }

    private ArrayNode array(String path) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      for (int i = 0; i < children.size(); i++) {
        Object child = children.get(Integer.toString(i));
        if (child == null || children.size() > MOST_ENTRIES) {
          throw malformed(path);
        }
        array.add(value(path + "." + i, child));
      }
      return array;
    }

    private static JsonNode value(String path, Object child) {
      return child instanceof Branch branch
          ? branch.node(path)
          : JsonNodeFactory.instance.textNode((String) child);
    }

    private static MpsException malformed(String name) {
      return MpsException.of(
          "InvalidParameter",
          "The parameter " + ShownName.of(name) + " contradicts another, or its array has a gap.",
          "Name fields as in Set.0.Field, with numbers from 0.");
    }
  }
}
