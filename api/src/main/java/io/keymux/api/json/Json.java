package io.keymux.api.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.keymux.api.problem.FieldError;
import io.keymux.api.problem.RequestException;
import java.io.IOException;
import java.util.List;

/**
 * The one JSON mapper. Strict: unknown fields, duplicate fields, text after the value and numbers
 * written as strings are refused.
 */
public final class Json {
  private static final int MAX_DEPTH = 32;

  private static final ObjectMapper MAPPER = configure(JsonMapper.builder(factory())).build();

  private Json() {}

  /** For writing; shared and never reconfigured. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /**
   * Reads a request's body.
   *
   * @throws RequestException with status 400 and a pointer to the place that is wrong
   */
  public static <T> T read(byte[] body, Class<T> type) {
    try {
      T value = MAPPER.readValue(body, type);
      if (value == null) {
        throw RequestException.invalidBody(
            new FieldError("", "not-an-object", "null is not an object."), null);
      }
      return value;
    } catch (UnrecognizedPropertyException e) {
      throw RequestException.invalidBody(
          new FieldError(
              pointer(e.getPath()),
              "unknown-field",
              "The field is not known; known here: " + known(e) + "."),
          e);
    } catch (JsonMappingException e) {
      throw RequestException.invalidBody(
          new FieldError(pointer(e.getPath()), "invalid-value", rejected(e)), e);
    } catch (JsonProcessingException e) {
      throw RequestException.invalidBody(
          new FieldError(
              "",
              "not-json",
              "not JSON at line %d, column %d."
                  .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr())),
          e);
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory failed", e);
    }
  }

  /** Writes a value on one line. */
  public static String line(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not writable as JSON: " + value.getClass(), e);
    }
  }

  /** Settings that YAML files share. */
  public static <M extends ObjectMapper, B extends MapperBuilder<M, B>> B configure(B builder) {
    return builder
        .addModule(new JavaTimeModule())
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .withCoercionConfig(
            LogicalType.Textual,
            config -> {
              config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
              config.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
              config.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
            });
  }

  private static JsonFactory factory() {
    return new JsonFactoryBuilder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
        .build();
  }

  private static String pointer(List<JsonMappingException.Reference> path) {
    JsonPointer pointer = JsonPointer.empty();
    for (JsonMappingException.Reference step : path) {
      pointer =
          step.getFieldName() != null
              ? pointer.appendProperty(step.getFieldName())
              : pointer.appendIndex(step.getIndex());
    }
    return pointer.toString();
  }

  private static String known(UnrecognizedPropertyException e) {
    return e.getKnownPropertyIds() == null
        ? "none"
        : String.join(
            ", ", e.getKnownPropertyIds().stream().map(String::valueOf).sorted().toList());
  }

  /** A value object's own complaint if it has one; else what Jackson says, without its places. */
  private static String rejected(JsonMappingException e) {
    Throwable cause = e.getCause();
    if (cause instanceof io.keymux.cpix.DrmException ours) {
      return ours.problem() + " " + ours.remedy();
    }
    // Behind the first quotation mark stands the value, which may be a URL with a ticket.
    String message = String.valueOf(e.getOriginalMessage()).replaceFirst("(?s)( ?[\"(]).*", "");
    return "the value has the wrong type: "
        + message.replaceAll("`[^`]*\\.([A-Za-z]+)`", "$1")
        + ".";
  }
}
