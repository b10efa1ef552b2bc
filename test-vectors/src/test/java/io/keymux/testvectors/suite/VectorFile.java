package io.keymux.testvectors.suite;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keymux.testvectors.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of {@code vectors/<area>/}. Its shape is {@code vector.schema.json}.
 *
 * @param source where the values come from
 */
public record VectorFile(String area, String source, List<Vector> vectors) {

  /**
   * One case.
   *
   * @param result {@code valid} or {@code invalid}
   */
  public record Vector(
      String id, String comment, String result, JsonNode input, JsonNode expected) {
    public boolean isValid() {
      return switch (result) {
        case "valid" -> true;
        case "invalid" -> false;
        default -> throw new IllegalStateException(id + ": no such verdict: " + result);
      };
    }

    /** Shown by JUnit, so that a failure names its vector. */
    @Override
    public String toString() {
      return id + ": " + comment;
    }
  }

  /** All vectors of an area, from all its files. */
  public static List<Vector> read(String area) throws IOException {
    ObjectMapper json =
        new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);
    List<Vector> vectors = new ArrayList<>();
    for (Path path : Repository.list(Repository.file("test-vectors/vectors/" + area), ".json")) {
      VectorFile file = json.readValue(path.toFile(), VectorFile.class);
      if (!file.area().equals(area)) {
        throw new IllegalStateException(path + " is of area " + file.area());
      }
      vectors.addAll(file.vectors());
    }
    return vectors;
  }
}
