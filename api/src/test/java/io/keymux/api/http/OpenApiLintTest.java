package io.keymux.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.keymux.api.json.Json;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The API's description as a document: valid OpenAPI, complete, and of one mind with itself. */
class OpenApiLintTest {
  private static final YAMLMapper YAML =
      new YAMLMapper(
          YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  static JsonNode read(String resource) {
    try (InputStream in =
        Objects.requireNonNull(
            OpenApiLintTest.class.getClassLoader().getResourceAsStream(resource), resource)) {
      return YAML.readTree(in);
    } catch (IOException e) {
      throw new AssertionError(resource, e);
    }
  }

  @Test
  void description_isValidOpenApi() {
    assertThat(messages(read("openapi.yaml"))).isEmpty();
  }

  @Test
  void description_keepsTheRules() {
    assertThat(OpenApiRules.faults(read("openapi.yaml"))).isEmpty();
  }

  @Test
  void reader_keyTwice_isSeen() {
    assertThatThrownBy(() -> YAML.readTree("components:\n  a: 1\n  a: 2\n"))
        .isInstanceOf(JsonProcessingException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /paths/~1healthz/get/respones           | {}            | respones
          /paths/~1healthz/get/responses          |               | responses
          /info/version                           |               | version
          /paths/~1v1~1jobs/post/parameters/0/in  | "head"        | in
          """)
  void parser_brokenDescription_isSeen(String place, @Nullable String value, String said) {
    assertThat(messages(changed(place, value)))
        .anySatisfy(message -> assertThat(message).contains(said));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /paths/~1healthz/get/operationId                     | "ready"           | used twice: ready
          /paths/~1healthz/get/summary                         |                   | health has no summary
          /paths/~1healthz/get/description                     | ""                | health has no description
          /paths/~1healthz/get/tags                            | ["other"]         | tags
          /paths/~1healthz/get/tags                            | []                | health has no tag
          /paths/~1healthz/get/responses/200                   |                   | health has no response of success
          /paths/~1healthz/get/responses/503                   | {}                | health has response of failure
          /paths/~1readyz/get/responses/503                    |                   | ready has no response of failure
          /paths/~1v1~1jobs/get/parameters/1/description       |                   | listJobs parameter limit has no description
          /paths/~1v1~1jobs/get/parameters/1/schema/default    | 1000              | is out of range: 1000
          /paths/~1v1~1jobs~1{id}/parameters                   | []                | getJob has the path parameters []
          /components/schemas/Job/properties/id/description    |                   | id has no description
          /components/schemas/Job/required/0                   | "ids"             | requires what it does not have: ids
          /components/schemas/Health/description               |                   | schema Health has no description
          /components/schemas/Idle                             | {"description":"x"} | Idle is used nowhere
          /components/parameters/id                            |                   | leads nowhere: #/components/parameters/id
          /components/securitySchemes/other                    | {}                | security schemes
          /security                                            |                   | security is not stated
          /paths/~1v1~1jobs/post/requestBody/content/application~1json/examples/ladder/value/verify | "all" | is not one of the enumeration
          """)
  void rules_brokenDescription_isSeen(String place, @Nullable String value, String said) {
    assertThat(OpenApiRules.faults(changed(place, value)))
        .anySatisfy(fault -> assertThat(fault).contains(said));
  }

  /** What a strict reader of OpenAPI says of a description. */
  private static List<String> messages(JsonNode description) {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    options.setValidateInternalRefs(true);
    List<String> messages =
        new OpenAPIV3Parser().readContents(description.toString(), null, options).getMessages();
    return messages == null ? List.of() : messages;
  }

  /**
   * The description with another value at a place.
   *
   * @param value JSON, or null for none
   */
  static JsonNode changed(String place, @Nullable String value) {
    JsonNode description = read("openapi.yaml");
    JsonPointer pointer = JsonPointer.compile(place);
    JsonNode parent = description.at(pointer.head());
    String last = pointer.last().getMatchingProperty();
    assertThat(parent.isContainerNode()).as(place).isTrue();
    try {
      if (parent instanceof ArrayNode list) {
        int index = pointer.last().getMatchingIndex();
        JsonNode fresh = Json.mapper().readTree(value);
        if (index == list.size()) {
          list.add(fresh);
        } else {
          list.set(index, fresh);
        }
      } else if (value == null) {
        assertThat(((ObjectNode) parent).remove(last)).as(place).isNotNull();
      } else {
        ((ObjectNode) parent).set(last, Json.mapper().readTree(value));
      }
    } catch (JsonProcessingException e) {
      throw new AssertionError(value, e);
    }
    return description;
  }
}
