package io.keymux.keyserver.profile;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Profiles as trees: the built-in ones, those of users, and an account laid over its profile. A
 * field of the upper tree replaces that of the lower; sections are merged field by field, lists are
 * replaced as a whole, and so is a section whose {@code type} changes.
 */
final class ProfileTrees {
  /** The names of the profiles that come with Keymux; each is a file beside this class. */
  static final List<String> BUILT_IN =
      List.of(
          "generic",
          "drmtoday",
          "drmtoday-generate",
          "drmtoday-ingest",
          "drmtoday-staging",
          "doverunner",
          "axinom",
          "axinom-widevine",
          "ezdrm",
          "buydrm-keyos",
          "irdeto",
          "nagra",
          "verimatrix",
          "vualto",
          "vualto-speke",
          "sigma",
          "expressplay",
          "widevine-cloud",
          "playready",
          "tencent",
          "aws-speke");

  private static final String PARENT = "profile";
  private static final String TYPE = "type";
  private static final int DEEPEST = 4;
  private static final YAMLMapper YAML = mapper();

  private final Map<String, ObjectNode> users = new LinkedHashMap<>();

  /**
   * @param users profiles beside the built-in ones, and before them, by name
   */
  ProfileTrees(Map<String, ObjectNode> users) {
    this.users.putAll(users);
  }

  /**
   * Reads YAML or JSON.
   *
   * @param name for messages
   * @throws ProfileException if it is neither, or no section
   */
  static ObjectNode parse(String name, byte[] yaml) {
    try {
      if (YAML.readTree(yaml) instanceof ObjectNode object) {
        return object;
      }
      throw ProfileException.invalid(name, "", "is not a section");
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      throw ProfileException.unreadable(name, at == null ? null : at.getLineNr());
    } catch (IOException e) {
      throw ProfileException.unreadable(name, null);
    }
  }

  /** An account laid over its profile, that over its own, and so on. */
  ObjectNode resolve(String name, ObjectNode account) {
    ObjectNode tree = account.deepCopy();
    for (int depth = 0; tree.has(PARENT); depth++) {
      JsonNode parent = tree.remove(PARENT);
      if (!parent.isTextual() || depth == DEEPEST) {
        throw ProfileException.invalid(
            name, "/" + PARENT, "is not the name of a profile, or leads in a circle");
      }
      tree = merged(profile(parent.textValue()), tree);
    }
    return tree;
  }

  private ObjectNode profile(String profile) {
    ObjectNode own = users.get(profile);
    if (own != null) {
      return own.deepCopy();
    }
    if (!BUILT_IN.contains(profile)) {
      throw ProfileException.unknown(profile, names());
    }
    try (InputStream in = ProfileTrees.class.getResourceAsStream(profile + ".yaml")) {
      if (in == null) {
        throw new IllegalStateException("profile " + profile + " is not in the jar");
      }
      return parse(profile, in.readAllBytes());
    } catch (IOException e) {
      throw new IllegalStateException("profile " + profile + " cannot be read", e);
    }
  }

  /** All names, those of users first. */
  List<String> names() {
    List<String> names = new ArrayList<>(users.keySet());
    BUILT_IN.stream().filter(name -> !users.containsKey(name)).forEach(names::add);
    return names;
  }

  private static ObjectNode merged(ObjectNode lower, ObjectNode upper) {
    for (Map.Entry<String, JsonNode> field : upper.properties()) {
      if (lower.get(field.getKey()) instanceof ObjectNode below
          && field.getValue() instanceof ObjectNode over
          && (!over.has(TYPE) || over.get(TYPE).equals(below.get(TYPE)))) {
        merged(below, over);
      } else {
        lower.set(field.getKey(), field.getValue());
      }
    }
    return lower;
  }

  private static YAMLMapper mapper() {
    LoaderOptions limits = new LoaderOptions();
    limits.setAllowDuplicateKeys(false);
    limits.setMaxAliasesForCollections(0);
    limits.setNestingDepthLimit(16);
    limits.setCodePointLimit(1 << 20);
    return new YAMLMapper(YAMLFactory.builder().loaderOptions(limits).build());
  }
}
