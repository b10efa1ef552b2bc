package io.keymux.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.api.config.KeyServerSettings;
import io.keymux.api.config.StreamType;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.UsageRule;
import io.keymux.cpix.document.CpixTree;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CPIX over the DRMtoday routes: processed and generated documents. */
class DrmTodayCpixTest {
  @RegisterExtension static final TestService service = new TestService();

  @RegisterExtension
  static final TestService oneKey =
      new TestService(KeyServerSettings.DEFAULT.withStreamTypes(List.of(StreamType.VIDEO_AUDIO)));

  private final DrmToday client = new DrmToday(service, "any");

  @ParameterizedTest
  @ValueSource(strings = {"2.3", "2.4"})
  void process_document_comesBackUnderStableOwnKids(String version) {
    HttpResponse<String> answer = client.process(DrmToday.document("movie", version));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/xml");
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(answer.headers().map().keySet()).noneMatch(name -> name.contains("speke"));
    assertThat(answer.body()).doesNotContain(DrmToday.SD).doesNotContain(DrmToday.AUDIO);

    CpixDocument document = read(answer);
    assertThat(document.contentId()).isEqualTo("movie");
    assertThat(document.version()).isEqualTo(version);
    assertThat(document.usageRules())
        .extracting(UsageRule::intendedTrackType)
        .containsExactly("SD", "AUDIO");
    assertThat(document.usageRules().get(0).filters().toString()).contains("589824");
    List<KeyId> kids = document.usageRules().stream().map(UsageRule::keyId).toList();
    assertThat(document.contentKeys()).extracting(ContentKey::id).isEqualTo(kids);
    assertThat(document.drmSystems()).extracting(DrmSignaling::keyId).isEqualTo(kids);
    assertThat(document.drmSystems().get(0).pssh())
        .isNotNull()
        .satisfies(box -> assertThat(box.toHex()).contains(kids.get(0).toHex()));
    assertThat(document.drmSystems().get(1).hlsMedia()).contains("skd://" + kids.get(1));

    CpixDocument again =
        read(client.process(DrmToday.document("movie", version).replace(DrmToday.SD, other())));
    assertThat(again.contentKeys()).isEqualTo(document.contentKeys());
    CpixDocument otherAsset = read(client.process(DrmToday.document("other", version)));
    assertThat(otherAsset.contentKeys()).doesNotContainAnyElementsOf(document.contentKeys());
    assertThat(client.licence(document)).isEqualTo(DrmToday.values(document));
  }

  @Test
  void process_typesOfOneName_areRefused() {
    String swapped =
        DrmToday.document("movie", "2.3")
            .replace("intendedTrackType=\"AUDIO\"", "intendedTrackType=\"SD\"");
    HttpResponse<String> answer = client.process(swapped);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).isEqualTo("Malformed encryption contract");
  }

  @Test
  void process_oneKeyForTwoTypes_isNamedByBoth() {
    String two =
        DrmToday.document("movie", "2.3")
            .replace(
                "</cpix:ContentKeyUsageRuleList>",
                "<cpix:ContentKeyUsageRule kid=\"%s\" intendedTrackType=\"HD\"><cpix:VideoFilter minPixels=\"589825\" maxPixels=\"2073600\"/></cpix:ContentKeyUsageRule></cpix:ContentKeyUsageRuleList>"
                    .formatted(DrmToday.SD));
    CpixDocument both = read(client.process(two));
    CpixDocument one = read(client.process(DrmToday.document("movie", "2.3")));
    assertThat(both.usageRules().get(0).keyId()).isEqualTo(both.usageRules().get(2).keyId());
    assertThat(both.contentKeys().get(0).id()).isNotEqualTo(one.contentKeys().get(0).id());
    assertThat(both.contentKeys().get(1)).isEqualTo(one.contentKeys().get(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "contentId=\"movie\"| |Missing CPIX@contentId",
        "version=\"2.3\"| |Missing CPIX@version",
        "version=\"2.3\"|version=\"2.2\"|Unsupported CPIX@version",
        "contentId=\"movie\"|<|The body is not usable XML",
        "commonEncryptionScheme=\"cbcs\"|commonEncryptionScheme=\"cenc\"|non compatible with DRMSystem",
        "intendedTrackType=\"SD\"| |Malformed encryption contract",
      })
  void process_badDocument_is422InOneLine(String part, String instead, String text) {
    String document =
        DrmToday.document("movie", "2.3").replace(part, instead == null ? "" : instead);
    HttpResponse<String> answer = client.process(document);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
    assertThat(answer.body()).contains(text).doesNotContain("\n");
  }

  @Test
  void generate_default_hasFiveKeysAndFourSystems() {
    CpixDocument document = read(client.generate("my%20movie", ""));
    assertThat(document.contentId()).isEqualTo("my movie");
    assertThat(rules(document))
        .isEqualTo(
            "AUDIO [AudioFilter[minChannels=null, maxChannels=null]]; "
                + "SD ["
                + pixels("null", "589824")
                + "]; "
                + "HD ["
                + pixels("589825", "2073600")
                + "]; "
                + "UHD1 ["
                + pixels("2073601", "8847360")
                + "]; "
                + "UHD2 ["
                + pixels("8847361", "null")
                + "]");
    assertThat(document.contentKeys()).hasSize(5).allMatch(key -> key.explicitIv() != null);
    for (ContentKey key : document.contentKeys()) {
      assertThat(document.signaling(key.id()))
          .extracting(DrmSignaling::system)
          .containsExactlyInAnyOrderElementsOf(DrmSystem.LICENSED);
    }
    assertThat(read(client.generate("my%20movie", "&x-signaling-alg=cbcs"))).isEqualTo(document);
    assertThat(client.licence(document)).isEqualTo(DrmToday.values(document));
  }

  @Test
  void generate_cenc_leavesFairPlayOut() {
    CpixDocument document = read(client.generate("movie", "&x-signaling-alg=cenc"));
    assertThat(document.contentKeys()).hasSize(5);
    assertThat(document.signaling(document.contentKeys().get(0).id()))
        .extracting(DrmSignaling::system)
        .containsExactlyInAnyOrder(DrmSystem.WIDEVINE, DrmSystem.PLAYREADY, DrmSystem.CLEARKEY);
  }

  @Test
  void generateAndProcess_sameAssetAndType_haveTheSameKey() {
    CpixDocument generated = read(client.generate("movie-7", ""));
    CpixDocument processed = read(client.process(DrmToday.document("movie-7", "2.3")));
    assertThat(generated.contentKeys())
        .extracting(ContentKey::id)
        .containsAll(processed.contentKeys().stream().map(ContentKey::id).toList());
    assertThat(DrmToday.values(generated)).contains(DrmToday.values(processed).split(" "));
  }

  @Test
  void generate_oneStreamType_isOneKeyForVideoAndAudio() {
    CpixDocument document = read(new DrmToday(oneKey, "any").generate("movie", ""));
    assertThat(document.contentKeys()).hasSize(1);
    assertThat(document.usageRules())
        .extracting(UsageRule::intendedTrackType)
        .containsExactly("VIDEO", "AUDIO");
    assertThat(document.usageRules())
        .extracting(UsageRule::keyId)
        .containsOnly(document.contentKeys().get(0).id());
  }

  @Test
  void generate_oddWishes_areRefused() {
    HttpResponse<String> scheme = client.generate("movie", "&x-signaling-alg=cens");
    assertThat(scheme.statusCode()).isEqualTo(400);
    assertThat(TestService.json(scheme).path("code").asText()).isEqualTo("invalid-parameter");
    HttpResponse<String> asset = client.generate("a%07b", "");
    assertThat(asset.statusCode()).isEqualTo(422);
    assertThat(asset.body()).isEqualTo("Unsupported CPIX@contentId");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.b/ingest/c", "a/ingest/c.d", "%C3%A4/ingest/c"})
  void call_oddNames_are400(String names) {
    String path = "/frontend/cpix/v1/" + names;
    HttpResponse<String> answer =
        service.post(path + "?ticket=" + client.ticket(path), "application/xml", "<x/>");
    assertThat(answer.statusCode()).isEqualTo(400);
  }

  private static String other() {
    return "00000000-0000-4000-8000-000000000001";
  }

  private static CpixDocument read(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return CpixTree.read(answer.body().getBytes(UTF_8)).content();
  }

  private static String rules(CpixDocument document) {
    return document.usageRules().stream()
        .map(rule -> rule.intendedTrackType() + " " + rule.filters())
        .collect(Collectors.joining("; "));
  }

  private static String pixels(String min, String max) {
    return "VideoFilter[minPixels=%s, maxPixels=%s, minFps=null, maxFps=null, hdr=null, wcg=null]"
        .formatted(min, max);
  }
}
