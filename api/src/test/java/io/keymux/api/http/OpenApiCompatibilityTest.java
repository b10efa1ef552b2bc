package io.keymux.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.io.ByteArrayOutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.compare.OpenApiDiffOptions;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;
import org.openapitools.openapidiff.core.output.ConsoleRender;

/** Clients of the last release can talk to the service as it is now. */
class OpenApiCompatibilityTest {
  /** CONTRIBUTING.md says when it is replaced. */
  private static final String RELEASED = "openapi-released.yaml";

  @Test
  void description_sinceTheLastRelease_breaksNothing() {
    assertThat(breaks(OpenApiLintTest.read(RELEASED), OpenApiLintTest.read("openapi.yaml")))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a new route                   | /paths/~1new                                              | {"get":{"operationId":"new","responses":{"204":{"description":"x"}}}}
          a new optional field          | /components/schemas/JobSpec/properties/new                | {"type":"string"}
          a new field of an answer      | /components/schemas/Progress/properties/new               | {"type":"string"}
          a longer list to choose from  | /components/schemas/JobSpec/properties/verify/enum/4      | "more"
          """)
  void change_thatAddsSomething_isCompatible(String what, String place, String value) {
    JsonNode before = OpenApiLintTest.read("openapi.yaml");
    JsonNode now = OpenApiLintTest.changed(place, value);
    assertThat(changes(before, now).isDifferent()).as(what).isTrue();
    assertThat(breaks(before, now)).as(what).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a route that is gone          | /paths/~1v1~1plan                                         |
          a method that is gone         | /paths/~1v1~1jobs~1{id}/delete                            |
          a field of answers gone       | /components/schemas/Progress/properties/percent           |
          an optional field of answers  | /components/schemas/Progress/properties/etaSeconds        |
          a field of requests gone      | /components/schemas/JobSpec/properties/labels             |
          a new field that is required  | /components/schemas/LicenceRequest/required/1             | "type"
          a shorter list to choose from | /components/schemas/JobSpec/properties/verify/enum        | ["none","full"]
          another type                  | /components/schemas/Input/properties/label/type           | "integer"
          a new required parameter      | /paths/~1v1~1jobs/get/parameters/1/required               | true
          a status that is gone         | /paths/~1v1~1jobs/post/responses/202                      |
          """)
  void change_thatBreaksClients_isSeen(String what, String place, @Nullable String value) {
    assertThat(breaks(OpenApiLintTest.read("openapi.yaml"), OpenApiLintTest.changed(place, value)))
        .as(what)
        .isNotEmpty();
  }

  /** What a client of the one would stumble over in the other. */
  private static List<String> breaks(JsonNode before, JsonNode now) {
    List<String> breaks = new ArrayList<>();
    gone("", before, now, breaks);
    ChangedOpenApi changes = changes(before, now);
    if (!changes.isCompatible()) {
      breaks.add(text(changes));
    }
    return breaks;
  }

  /** Fields that are not there any more: the comparison passes over those that were optional. */
  private static void gone(String at, JsonNode before, JsonNode now, List<String> breaks) {
    for (Map.Entry<String, JsonNode> field : before.properties()) {
      JsonNode same = now.path(field.getKey());
      String place = at + "/" + field.getKey();
      if (at.endsWith("/properties") && same.isMissingNode()) {
        breaks.add(place + " is gone");
      }
      gone(place, field.getValue(), same, breaks);
    }
  }

  /**
   * Answers may have values that lists did not have before: those of requests come back in them.
   */
  private static ChangedOpenApi changes(JsonNode before, JsonNode now) {
    OpenApiDiffOptions options =
        OpenApiDiffOptions.builder()
            .configProperty("incompatible.response.enum.increased", "false")
            .build();
    return OpenApiCompare.fromSpecifications(parsed(before), parsed(now), options);
  }

  private static OpenAPI parsed(JsonNode description) {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    JsonNode older = description.deepCopy();
    asVersion30(older);
    return new OpenAPIV3Parser().readContents(older.toString(), null, options).getOpenAPI();
  }

  /** The comparison knows types of version 3.0 alone. Of 3.1 the description needs but little. */
  private static void asVersion30(JsonNode node) {
    if (node instanceof ObjectNode object) {
      if (object.has("openapi")) {
        object.put("openapi", "3.0.3");
      }
      if (object.has("const")) {
        object.putArray("enum").add(object.remove("const"));
      }
      if (object.path("enum").isArray() && !object.has("type")) {
        object.put("type", object.path("enum").path(0).isNumber() ? "integer" : "string");
      }
    }
    node.forEach(OpenApiCompatibilityTest::asVersion30);
  }

  private static String text(ChangedOpenApi changes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ConsoleRender().render(changes, new OutputStreamWriter(out, StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8);
  }
}
