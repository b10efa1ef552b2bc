package io.keymux.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.VideoFilter;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.UsageRule;
import io.keymux.keyserver.speke.SpekeClient;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The embedded key server as a SPEKE v2.0 client sees it. */
class SpekeTest {
  private static final String PATH = "/speke/v2.0/copyProtection";
  private static final String KID = "0f083e4e-b831-4a3d-917e-ce78076e54aa";
  private static final String KID2 = "0f083e4e-b831-4a3d-917e-ce78076e54ab";
  private static final String WIDEVINE = "edef8ba9-79d6-4ace-a3c8-27dcd51d21ed";
  private static final String FAIRPLAY = "94ce86fb-07ff-4f43-adb8-93d2fa968ca2";

  private static final String VALID =
      """
      <cpix:CPIX xmlns:cpix="urn:dashif:org:cpix" id="x" contentId="movie" version="2.3"><cpix:ContentKeyList>\
      <cpix:ContentKey kid="%1$s" commonEncryptionScheme="cbcs"/>\
      <cpix:ContentKey kid="%2$s" commonEncryptionScheme="cbcs"/></cpix:ContentKeyList><cpix:DRMSystemList>\
      <cpix:DRMSystem kid="%1$s" systemId="%3$s"><cpix:PSSH/><cpix:ContentProtectionData/>\
      <cpix:HLSSignalingData playlist="media"/><cpix:HLSSignalingData playlist="master"/></cpix:DRMSystem>\
      <cpix:DRMSystem kid="%1$s" systemId="%4$s"><cpix:PSSH/><cpix:ContentProtectionData/>\
      <cpix:HLSSignalingData playlist="media"/><cpix:HLSSignalingData playlist="master"/></cpix:DRMSystem>\
      </cpix:DRMSystemList><cpix:ContentKeyUsageRuleList>\
      <cpix:ContentKeyUsageRule kid="%1$s" intendedTrackType="SD+HD1"><cpix:VideoFilter maxPixels="921600"/></cpix:ContentKeyUsageRule>\
      <cpix:ContentKeyUsageRule kid="%2$s" intendedTrackType="AUDIO"><cpix:AudioFilter/></cpix:ContentKeyUsageRule>\
      </cpix:ContentKeyUsageRuleList></cpix:CPIX>"""
          .formatted(KID, KID2, WIDEVINE, FAIRPLAY);

  @RegisterExtension static final TestService service = new TestService();

  @Test
  void exchange_ourOwnClient_acceptsTheAnswerTwiceTheSame() throws InterruptedException {
    KeyRequest request =
        new KeyRequest(
            "movie-2",
            ProtectionScheme.CBCS,
            DrmSystem.LICENSED,
            List.of(
                new UsageRule(KeyId.parse(KID), "VIDEO", List.of(VideoFilter.ANY)),
                new UsageRule(KeyId.parse(KID2), "AUDIO", List.of(AudioFilter.ANY))));
    SpekeClient client = SpekeClient.v2(service.uri(PATH));
    CpixDocument first = client.exchange(request);
    CpixDocument second = client.exchange(request);
    assertThat(first.contentKeys()).hasSize(2).isEqualTo(second.contentKeys());
    assertThat(first.contentKeys()).extracting(ContentKey::explicitIv).doesNotContainNull();
    assertThat(first.drmSystems())
        .extracting(DrmSignaling::systemId)
        .contains(DrmSystem.WIDEVINE.systemId(), DrmSystem.FAIRPLAY.systemId());
  }

  @Test
  void post_valid_fillsPlaceholdersAndKeepsTheRest() {
    HttpResponse<String> response = speke("2.0", VALID);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("X-Speke-Version")).hasValue("2.0");
    assertThat(response.headers().firstValue("X-Speke-User-Agent").orElse("")).isNotBlank();
    assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/xml");
    String body = response.body();
    assertThat(body)
        .contains("<pskc:PlainValue>")
        .contains("explicitIV=\"")
        .contains("maxPixels=\"921600\"")
        .doesNotContain(" id=\"x\"");
    String fairPlay = body.substring(body.indexOf(FAIRPLAY));
    assertThat(fairPlay.substring(0, fairPlay.indexOf("</cpix:DRMSystem>")))
        .doesNotContain("ContentProtectionData")
        .contains("<cpix:PSSH/>")
        .contains("I0VYVC1YLUtFWT");
    assertThat(speke("2.0", VALID).body()).isEqualTo(body);
  }

  /** A valid request with one change, and the text that the specification has for it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "contentId=\"movie\" | contentId=\"\" | Missing CPIX@contentId",
        "contentId=\"movie\" |                | Missing CPIX@contentId",
        "version=\"2.3\"     |                | Missing CPIX@version",
        "version=\"2.3\"     | version=\"2.9\" | Unsupported CPIX@version",
        "ab\" commonEncryptionScheme=\"cbcs\"/> | ab\"/> | Missing ContentKey@commonEncryptionScheme for KID 0f083e4e-b831-4a3d-917e-ce78076e54ab",
        "ab\" commonEncryptionScheme=\"cbcs\"/> | ab\" commonEncryptionScheme=\"cenc\"/> | Non compliant ContentKey@commonEncryptionScheme combination",
        "commonEncryptionScheme=\"cbcs\" | commonEncryptionScheme=\"cenc\" | ContentKey@commonEncryptionScheme non compatible with DRMSystem 94ce86fb-07ff-4f43-adb8-93d2fa968ca2",
        "intendedTrackType=\"AUDIO\" | intendedTrackType=\"SD+HD1\" | Malformed encryption contract",
        "intendedTrackType=\"AUDIO\" | intendedTrackType=\"ALL\" | Malformed encryption contract",
        "intendedTrackType=\"AUDIO\" |  | Malformed encryption contract",
        "<cpix:AudioFilter/> | <cpix:AudioFilter/><cpix:AudioFilter/> | Malformed encryption contract",
        "<cpix:AudioFilter/> | <cpix:AudioFilter minChannels=\"3\" maxChannels=\"2\"/> | Malformed encryption contract",
        "<cpix:VideoFilter maxPixels=\"921600\"/> | <cpix:VideoFilter minPixels=\"2073601\"/><cpix:AudioFilter/> | Requested CPIX encryption contract not supported",
      })
  void post_oneFault_isRefusedWithItsText(String from, String to, String text) {
    String broken = VALID.replace(from, to == null ? "" : to);
    assertThat(broken).isNotEqualTo(VALID);
    HttpResponse<String> response = speke("2.0", broken);
    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.body()).isEqualTo(text);
  }

  @Test
  void post_noFilters_isMissingContract() {
    String bare =
        VALID
            .replace("<cpix:AudioFilter/>", "")
            .replace("<cpix:VideoFilter maxPixels=\"921600\"/>", "");
    assertThat(speke("2.0", bare).body()).isEqualTo("Missing CPIX encryption contract");
  }

  @ParameterizedTest
  @CsvSource({"1.0", "3.0", "2.2", "x", "''"})
  void post_otherVersion_isRefusedUnread(String version) {
    assertThat(speke(version, "not xml").body()).isEqualTo("Unsupported SPEKE version");
  }

  @Test
  void post_hostileXml_isRefused() {
    String dtd =
        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"
            + VALID.replace("contentId=\"movie\"", "contentId=\"&e;\"");
    HttpResponse<String> response = speke("2.0", dtd);
    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.body()).doesNotContain("root:");
  }

  private static HttpResponse<String> speke(String version, String body) {
    return service.post(PATH, "application/xml", body, "X-Speke-Version", version);
  }
}
