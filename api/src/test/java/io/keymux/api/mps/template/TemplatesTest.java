package io.keymux.api.mps.template;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keymux.api.database.Database;
import io.keymux.api.database.Sql;
import io.keymux.api.keyserver.tickets.SettableClock;
import io.keymux.api.mps.problem.MpsException;
import io.keymux.api.mps.request.Fields;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The four actions on templates. */
class TemplatesTest {
  private static final String TENANT = "acme";

  private static @TempDir Path folder;
  private static Database database;

  private final SettableClock clock = new SettableClock();
  private Templates templates;

  @BeforeAll
  static void open() {
    database = Database.embedded(folder);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void empty() {
    int unused =
        database.with(connection -> Sql.of("delete from mps_templates").update(connection));
    templates = new Templates(new TemplateStore(database), clock);
  }

  private ObjectNode call(BiFunction<String, Fields, ObjectNode> action, String json) {
    return action.apply(TENANT, Fields.ofJson(json.getBytes(UTF_8)));
  }

  private String refusal(BiFunction<String, Fields, ObjectNode> action, String json) {
    return catchThrowableOfType(MpsException.class, () -> call(action, json)).mpsCode();
  }

  private long make(String more) {
    return call(templates::create, "{\"Format\":\"HLS\",\"StreamInfos\":[{}]" + more + "}")
        .path("Definition")
        .asLong();
  }

  private List<Long> listed(String json) {
    List<Long> found = new ArrayList<>();
    for (JsonNode template :
        call(templates::describe, json).path("AdaptiveDynamicStreamingTemplateSet")) {
      found.add(template.path("Definition").asLong());
    }
    return found;
  }

  @Test
  void create_thenDescribe_isTheSame() {
    long made =
        make(
            ",\"Name\":\"n\",\"Comment\":\"c\",\"SegmentType\":\"mp4-segment\",\"PureAudio\":1,"
                + "\"DisableHigherVideoBitrate\":1,\"DisableHigherVideoResolution\":0");

    JsonNode shown =
        call(templates::describe, "{\"Definitions\":[" + made + "]}")
            .at("/AdaptiveDynamicStreamingTemplateSet/0");

    assertThat(shown.path("Type").asText()).isEqualTo("Custom");
    assertThat(shown.path("Name").asText()).isEqualTo("n");
    assertThat(shown.path("Comment").asText()).isEqualTo("c");
    assertThat(shown.path("SegmentType").asText()).isEqualTo("mp4-segment");
    assertThat(shown.path("PureAudio").asInt()).isEqualTo(1);
    assertThat(shown.path("DisableHigherVideoBitrate").asInt()).isEqualTo(1);
    assertThat(shown.path("CreateTime").asText()).isEqualTo("2026-01-01T00:00:00Z");
  }

  @Test
  void modify_absentFields_areKept() {
    long made = make(",\"Name\":\"n\",\"SegmentType\":\"mp4-segment\"");
    clock.pass(Duration.ofHours(1));

    call(templates::modify, "{\"Definition\":" + made + ",\"Comment\":\"new\"}");

    Template changed = templates.get(TENANT, made, "Definition");
    assertThat(changed.draft().name()).isEqualTo("n");
    assertThat(changed.draft().comment()).isEqualTo("new");
    assertThat(changed.draft().segmentType().id()).isEqualTo("mp4-segment");
    assertThat(changed.updated()).isEqualTo(changed.created().plus(Duration.ofHours(1)));
  }

  @Test
  void modify_otherFormat_hasItsUsualSegments() {
    long made = make("");

    call(templates::modify, "{\"Definition\":" + made + ",\"Format\":\"MPEG-DASH\"}");

    assertThat(templates.get(TENANT, made, "Definition").draft().segmentType().id())
        .isEqualTo("mp4-byterange");
  }

  @Test
  void presets_areThereForAllAndForGood() {
    assertThat(listed("{\"Type\":\"Preset\"}")).containsExactly(10L, 12L, 20L);
    assertThat(refusal(templates::modify, "{\"Definition\":10,\"Name\":\"x\"}"))
        .isEqualTo("InvalidParameterValue.ModifyDefaultTemplate");
    assertThat(refusal(templates::delete, "{\"Definition\":20}"))
        .isEqualTo("InvalidParameterValue.DeleteDefaultTemplate");
  }

  @Test
  void delete_template_isGone() {
    long made = make("");

    call(templates::delete, "{\"Definition\":" + made + "}");

    assertThat(refusal(templates::delete, "{\"Definition\":" + made + "}"))
        .isEqualTo("ResourceNotFound.TemplateNotExist");
    assertThat(listed("{\"Type\":\"Custom\"}")).isEmpty();
    assertThat(make("")).isGreaterThan(made);
  }

  @Test
  void tenants_doNotSeeEachOthers() {
    long made = make("");

    assertThat(
            catchThrowableOfType(
                    MpsException.class, () -> templates.get("other", made, "Definition"))
                .mpsCode())
        .isEqualTo("InvalidParameterValue.Definition");
  }

  @Test
  void create_beyondTheLimit_isRefused() {
    for (int i = 0; i < TemplateStore.LIMIT; i++) {
      make(",\"Name\":\"t" + i % 2 + "\"");
    }

    assertThat(refusal(templates::create, "{\"Format\":\"HLS\",\"StreamInfos\":[{}]}"))
        .isEqualTo("LimitExceeded.TooMuchTemplate");
    assertThat(listed("{\"Type\":\"Custom\"}")).hasSize(10);
    assertThat(listed("{\"Type\":\"Custom\",\"Name\":\"t1\",\"Limit\":100}")).hasSize(50);
    assertThat(listed("{\"Offset\":100,\"Limit\":100}")).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"StreamInfos\":[{}]} | MissingParameter",
        "{\"Format\":\"HLS\"} | MissingParameter",
        "{\"Format\":\"FLV\",\"StreamInfos\":[{}]} | InvalidParameterValue",
        "{\"Format\":\"HLS\",\"StreamInfos\":[1]} | InvalidParameter",
        "{\"Format\":\"HLS\",\"StreamInfos\":[{\"Codec\":1}]} | UnknownParameter",
        "{\"Format\":\"HLS\",\"StreamInfos\":[{\"Video\":{\"HlsTime\":-1}}]} | InvalidParameterValue",
        "{\"Format\":\"HLS\",\"StreamInfos\":[{\"Video\":{\"Nope\":1}}]} | UnknownParameter",
        "{\"Format\":\"HLS\",\"StreamInfos\":[{}],\"SegmentType\":\"flv\"} | InvalidParameterValue",
        "{\"Format\":\"MPEG-DASH\",\"StreamInfos\":[{}],\"SegmentType\":\"ts-segment\"} | InvalidParameterValue",
        "{\"Format\":\"MPEG-DASH\",\"StreamInfos\":[{}],\"SegmentType\":\"mp4-segment\"} | InvalidParameterValue",
        "{\"Format\":\"HLS\",\"StreamInfos\":[{}],\"PureAudio\":2} | InvalidParameterValue",
        "{\"Format\":\"HLS\",\"StreamInfos\":[{},{},{},{},{},{},{},{},{},{},{}]} | InvalidParameterValue",
        "{\"Format\":\"HLS\",\"StreamInfos\":[{}],\"Other\":1} | UnknownParameter",
      })
  void create_wrongField_isRefused(String json, String code) {
    assertThat(refusal(templates::create, json)).isEqualTo(code);
  }
}
