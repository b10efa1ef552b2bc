package io.keymux.api.mps.wish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keymux.api.json.Json;
import io.keymux.api.mps.MpsSamples;
import io.keymux.api.mps.ProcessMediaSample;
import io.keymux.api.mps.problem.MpsException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Every field of ProcessMedia with values that are refused, and with which code. */
class MediaReaderTest {
  private static final String STREAM = "/MediaProcessTask/AdaptiveDynamicStreamingTaskSet/0";

  private static MediaWish read(ProcessMediaSample sample) {
    return new MediaReader(MpsSamples.settings("AKID", "secret").buckets()).read(sample.fields());
  }

  private static ProcessMediaSample sample(String name) {
    return switch (name) {
      case "clear" -> ProcessMediaSample.clear(20);
      case "speke" -> ProcessMediaSample.speke("widevine", 20);
      case "simpleaes" -> ProcessMediaSample.of("simpleaes", 12);
      case "s3" -> ProcessMediaSample.s3(20);
      case "url" -> ProcessMediaSample.url(20, "https://cdn.example/f.mp4");
      default -> throw new AssertionError(name);
    };
  }

  /** Sets a value of the sample; {@code -} removes it. */
  private static void change(ProcessMediaSample sample, String pointer, String json) {
    JsonPointer at = JsonPointer.compile(pointer.replace("$", STREAM));
    JsonNode parent = sample.root();
    JsonPointer step = at;
    while (!step.tail().matches()) {
      String name = step.getMatchingProperty();
      if (parent instanceof ObjectNode object && !object.has(name)) {
        object.putObject(name);
      }
      parent =
          parent instanceof ArrayNode ? parent.path(step.getMatchingIndex()) : parent.path(name);
      step = step.tail();
    }
    ObjectNode object = (ObjectNode) parent;
    if (json.equals("-")) {
      object.remove(step.getMatchingProperty());
    } else {
      object.set(step.getMatchingProperty(), parsed(json));
    }
  }

  private static JsonNode parsed(String json) {
    try {
      return Json.mapper().readTree(json);
    } catch (IOException e) {
      throw new AssertionError(json, e);
    }
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/mps/refused.txt", delimiter = '|', quoteCharacter = '`')
  void read_wrongField_hasThisCode(String sample, String pointer, String json, String code) {
    ProcessMediaSample changed = sample(sample);
    change(changed, pointer, json);

    MpsException refused = catchThrowableOfType(MpsException.class, () -> read(changed));

    assertThat(refused).as(pointer).isNotNull();
    assertThat(refused.mpsCode()).isEqualTo(code);
    assertThat(refused.getMessage())
        .contains(pointer.substring(pointer.lastIndexOf('/') + 1))
        .doesNotContain("SECRET", "TICKET", ProcessMediaSample.KEY);
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/mps/accepted.txt", delimiter = '|', quoteCharacter = '`')
  void read_rightField_isAccepted(String sample, String pointer, String json) {
    ProcessMediaSample changed = sample(sample);
    change(changed, pointer, json);

    assertThat(read(changed).streams()).isNotEmpty();
  }

  @Test
  void echoes_holdNoSecret() {
    ProcessMediaSample speke = sample("speke");
    speke.stream()
        .putObject("OutputStorage")
        .put("Type", "AWS-S3")
        .putObject("S3OutputStorage")
        .put("S3Bucket", "out")
        .put("S3Region", "eu-west-3")
        .put("S3SecretId", "AKIASECRET")
        .put("S3SecretKey", "S3-SECRET");
    speke
        .root()
        .putObject("TaskNotifyConfig")
        .put("NotifyType", "URL")
        .put("NotifyUrl", "https://hook.example/?token=SECRET")
        .put("NotifyKey", "NOTIFY-SECRET");
    MediaWish wish = read(speke);
    MediaWish fromS3 = read(sample("s3"));
    MediaWish fromUrl = read(ProcessMediaSample.url(20, "https://a.example/f.mp4?sig=SECRET"));

    assertThat(
            wish.streams().get(0).echo()
                + " "
                + wish.callback()
                + wish
                + fromS3.source().echo()
                + fromUrl.source().echo()
                + fromUrl)
        .doesNotContain("SECRET", "TICKET");
    assertThat(wish.streams().get(0).echo().at("/DrmInfo/SpekeDrm/KeyServerUrl").asText())
        .isEqualTo("https://fe.drmtoday.example/…");
    assertThat(fromS3.source().echo().at("/S3InputInfo/S3Object").asText())
        .isEqualTo("in/my film.mp4");
  }
}
