package io.keymux.api.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.SecretBytes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An entry of {@code mps.bucketEvents} as it is written.
 *
 * @param secretAccessKey a reference
 * @param processMedia parameters of ProcessMedia; texts in it may be references
 */
record BucketEventConfig(
    @Nullable String queue,
    @Nullable String region,
    @Nullable String accessKeyId,
    @Nullable String secretAccessKey,
    @Nullable String tenant,
    @Nullable String prefix,
    @Nullable String suffix,
    @Nullable ObjectNode processMedia) {

  /**
   * @param at where it stands
   * @throws DrmException with code {@code invalid-config}
   */
  BucketEventSettings resolve(String at, Map<String, String> environment) {
    String owner = Objects.requireNonNullElse(tenant, "default");
    MpsConfig.requireTenant(at, owner);
    if (processMedia == null || processMedia.has("InputInfo")) {
      throw MpsConfig.invalid(at + "processMedia is missing, or has InputInfo");
    }
    ObjectNode template = processMedia.deepCopy();
    Map<String, SecretBytes> secrets = new LinkedHashMap<>();
    takeSecrets(at + "processMedia", "", template, environment, secrets);
    return new BucketEventSettings(
        text(at, "queue", queue, "[A-Za-z0-9_-]{1,80}"),
        text(at, "region", region, "[a-z0-9-]{1,32}"),
        text(at, "accessKeyId", accessKeyId, "[A-Za-z0-9]{1,128}"),
        SecretReference.resolve(
            at + "secretAccessKey", Objects.requireNonNullElse(secretAccessKey, ""), environment),
        owner,
        prefix,
        suffix,
        template,
        secrets);
  }

  private static void takeSecrets(
      String at,
      String pointer,
      JsonNode node,
      Map<String, String> environment,
      Map<String, SecretBytes> secrets) {
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        takeSecrets(at, pointer + "/" + i, node.path(i), environment, secrets);
      }
    }
    node.properties()
        .forEach(
            field ->
                takeSecrets(
                    at, pointer + "/" + field.getKey(), field.getValue(), environment, secrets));
    if (node.isTextual() && node.textValue().startsWith("${")) {
      secrets.put(pointer, SecretReference.resolve(at + pointer, node.textValue(), environment));
    }
  }

  private static String text(String at, String name, @Nullable String value, String form) {
    if (value == null || !value.matches(form)) {
      throw MpsConfig.invalid(at + name + " is missing, or not of the form " + form);
    }
    return value;
  }
}
