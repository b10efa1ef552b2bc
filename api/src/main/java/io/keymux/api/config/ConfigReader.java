package io.keymux.api.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.keymux.api.json.Json;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Reads a configuration file. Of what is wrong it says the place, and no value: that may be a
 * secret.
 */
record ConfigReader(Path file) {
  private static final int LIMIT_BYTES = 1 << 20;

  /**
   * @throws DrmException with code {@code invalid-config} if it cannot be read, or holds a field
   *     that is not known
   */
  ConfigFile read() {
    try {
      if (Files.size(file) > LIMIT_BYTES) {
        throw invalid("is larger than 1 MiB", null);
      }
      byte[] yaml = Files.readAllBytes(file);
      YAMLMapper mapper = mapper();
      return saysSomething(yaml, mapper)
          ? mapper.readValue(yaml, ConfigFile.class)
          : ConfigFile.EMPTY;
    } catch (JsonProcessingException e) {
      String place = e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
      throw invalid("is not usable" + place + ": " + fault(e), null);
    } catch (IOException e) {
      throw invalid("cannot be read: " + e.getClass().getSimpleName(), e);
    }
  }

  /** Aliases are refused: Jackson takes their names for values. */
  private boolean saysSomething(byte[] yaml, YAMLMapper mapper) throws IOException {
    try (YAMLParser parser = mapper.getFactory().createParser(yaml)) {
      boolean something = false;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        something |= token != JsonToken.VALUE_NULL;
        if (parser.isCurrentAlias()) {
          int line = parser.currentLocation().getLineNr();
          throw invalid("has an alias at line " + line + ": write it out", null);
        }
      }
      return something;
    }
  }

  private static YAMLMapper mapper() {
    LoaderOptions limits = new LoaderOptions();
    limits.setAllowDuplicateKeys(false);
    limits.setMaxAliasesForCollections(0);
    limits.setNestingDepthLimit(16);
    return Json.configure(YAMLMapper.builder(YAMLFactory.builder().loaderOptions(limits).build()))
        .build();
  }

  /** In words of our own, and without the cause: the parser quotes values, which may be secrets. */
  private static String fault(JsonProcessingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "there is no field " + unknown.getPropertyName();
    }
    if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      return "the value of %s has the wrong form"
          .formatted(
              mapping.getPath().stream()
                  .map(step -> String.valueOf(step.getFieldName()))
                  .collect(Collectors.joining(".")));
    }
    return "it is not YAML, or has a field twice";
  }

  private DrmException invalid(String why, @Nullable Throwable cause) {
    return new DrmException(
        Blame.CALLER,
        "invalid-config",
        "%s %s.".formatted(file, why),
        "It may hold host, port, roots, workers, keyServer, keyServers, keyServerProfiles,"
            + " keyServerAddresses, secrets, security, database, jobs, publicUrl,"
            + " storage, mps and webhooks.",
        cause);
  }
}
