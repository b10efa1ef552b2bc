package io.keymux.keyserver.speke;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.CpixVersion;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.UsageRule;
import io.keymux.keyserver.answer.TrackTypeNames;
import io.keymux.keyserver.auth.HeaderAuthorizer;
import io.keymux.keyserver.http.HttpExchange;
import io.keymux.keyserver.http.HttpSettings;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.keyserver.speke.CpixDialect.KidPolicy;
import io.keymux.keyserver.speke.CpixDialect.RulesSent;
import java.net.URI;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a dialect refuses before a call, and what it makes of answers in odd forms. */
class CpixDialectTest {
  @RegisterExtension static final SpekeServer server = new SpekeServer();

  static Stream<Arguments> wishes() {
    KeyRequest perTrack = Requests.of(Requests.perTrack(), Vendor.systems());
    KeyRequest perType = Requests.of(Requests.perType(), Vendor.systems());
    KeyRequest withIv =
        new KeyRequest(
            "movie-1",
            ProtectionScheme.CBCS,
            Set.of(DrmSystem.FAIRPLAY),
            Requests.shared(),
            Bytes.copyOf(new byte[16]));
    return Stream.of(
        Arguments.of(
            Vendor.DOVERUNNER.dialect(),
            perTrack,
            "key-request-unsupported",
            "track type \"video-480p\" is not one of" + " [ALL_TRACKS, AUDIO, HD, SD, UHD1, UHD2]"),
        Arguments.of(
            vendor()
                .trackTypes(new TrackTypeNames(Map.of("VIDEO", "HD", "AUDIO", "HD"), Set.of()))
                .build(),
            perType,
            "key-request-unsupported",
            "usage rules \"VIDEO\" and \"AUDIO\" would both have track type \"HD\""),
        Arguments.of(
            vendor().schemes(EnumSet.of(ProtectionScheme.CENC)).build(),
            perType,
            "key-request-unsupported",
            "scheme cbcs is not one of [cenc]"),
        Arguments.of(
            CpixDialect.vendor(CpixVersion.V2_0).build(),
            withIv,
            "key-request-unsupported",
            "CPIX 2.0 cannot say which IV is wanted"),
        Arguments.of(
            vendor().rules(RulesSent.NONE).build(),
            perType,
            "key-limit-exceeded",
            "gives 1 at most"));
  }

  @ParameterizedTest
  @MethodSource("wishes")
  void exchange_wishThatCannotBeGranted_isRefusedBeforeTheCall(
      CpixDialect dialect, KeyRequest request, String code, String found) {
    KeyExchangeException error =
        catchThrowableOfType(KeyExchangeException.class, () -> client(dialect).exchange(request));

    assertThat(error.code()).isEqualTo(code);
    assertThat(error).hasMessageContaining(found);
    assertThat(server.received()).isEmpty();
  }

  @Test
  void exchange_replacedKidWhereItMustBeKept_isRefused() {
    KeyRequest request = Requests.of(Requests.perType(), Vendor.systems());
    answers(VendorAnswer.to(Vendor.DRMTODAY, request).xml());

    KeyExchangeException error =
        catchThrowableOfType(
            KeyExchangeException.class,
            () -> client(vendor().kids(KidPolicy.ECHO).build()).exchange(request));

    assertThat(error)
        .hasMessageContaining(
            "KID %s of usage rule \"VIDEO\" was replaced by %s"
                .formatted(Requests.A, Vendor.DRMTODAY.kid(Requests.A)));
  }

  @Test
  void exchange_keptKidsWithoutRules_tellWhichKeyIsWhose() throws Exception {
    KeyRequest request = Requests.of(Requests.perType(), Vendor.systems());
    VendorAnswer answer = VendorAnswer.to(Vendor.SIGMA, request);
    answer.rules.clear();
    Collections.reverse(answer.keys);
    answers(answer.xml());

    CpixDocument document =
        client(vendor().kids(KidPolicy.ECHO).rules(RulesSent.NONE).build()).exchange(request);

    assertThat(document.contentKeys())
        .extracting(ContentKey::id)
        .containsExactly(Requests.A, Requests.B);
    assertThat(document.usageRules()).isEqualTo(request.rules());
  }

  /** The one key of an answer that says nothing, or only "everything", is the one asked for. */
  @ParameterizedTest
  @CsvSource({"false", "true"})
  void exchange_oneKeyWithoutRule_isMatched(boolean bareRule) throws Exception {
    KeyRequest request = Requests.of(Requests.shared(), Vendor.systems());
    VendorAnswer answer = VendorAnswer.to(Vendor.DRMTODAY, request);
    answer.rules.clear();
    if (bareRule) {
      answer.rules.add(
          new VendorAnswer.Rule(Vendor.DRMTODAY.kid(Requests.A), "", false, false, ""));
    }
    answers(answer.xml());

    CpixDocument document = client(vendor().build()).exchange(request);

    assertThat(document.usageRules())
        .extracting(UsageRule::keyId)
        .containsExactly(Vendor.DRMTODAY.kid(Requests.A));
  }

  /** Elements of a vendor's own, wherever they stand, and a URI that is not in base64. */
  @ParameterizedTest
  @CsvSource({
    "<cpix:ContentKeyList>, <cpix:Tenant name='x'/><cpix:ContentKeyList>",
    "<cpix:ContentKeyList>, <x:Tenant xmlns:x='urn:x'/><cpix:ContentKeyList>",
    "<cpix:ContentKeyList>, <cpix:ContentKeyList><cpix:Count>1</cpix:Count>",
    "<cpix:Data>, <cpix:Label>x</cpix:Label><cpix:Data>",
    "<cpix:PSSH>, <cpix:LicenseUrl>https://x.example</cpix:LicenseUrl><cpix:PSSH>",
    "</cpix:DRMSystemList>, <cpix:Other/></cpix:DRMSystemList>",
    "</cpix:ContentKeyUsageRuleList>, <cpix:Other/></cpix:ContentKeyUsageRuleList>"
  })
  void exchange_foreignElements_arePassedOver(String place, String with) throws Exception {
    KeyRequest request = Requests.of(Requests.perType(), Vendor.systems());
    String good = VendorAnswer.to(Vendor.DRMTODAY, request).xml();
    assertThat(good).contains(place);
    answers(good.replaceFirst(place, with));

    assertThat(client(vendor().build()).exchange(request).contentKeys()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"status\":\"MALFORMED_REQUEST\",\"key\":\"8Xw=\"}', it is JSON",
    "'<!DOCTYPE html><html><body>Sign in</body></html>', it is HTML",
    "'<html xmlns=\"http://www.w3.org/1999/xhtml\"/>', it is HTML",
    "'', cannot be read as CPIX",
    "'<a/>', cpix-wrong-root"
  })
  void exchange_somethingElseWith200_isRefused(String body, String found) {
    KeyRequest request = Requests.of(Requests.shared(), Vendor.systems());
    answers(body);

    KeyExchangeException error =
        catchThrowableOfType(
            KeyExchangeException.class, () -> client(vendor().build()).exchange(request));

    assertThat(error.code()).isEqualTo("key-response-invalid");
    assertThat(error.blame()).isEqualTo(DrmException.Blame.UPSTREAM);
    assertThat(error).hasMessageContaining(found).hasMessageNotContaining("8Xw").hasNoCause();
  }

  @ParameterizedTest
  @CsvSource({"contentId, CPIX@contentId", "id, CPIX@id"})
  void exchange_answerForAnotherAsset_isRefused(String attribute, String found) {
    KeyRequest request = Requests.of(Requests.shared(), Vendor.systems());
    VendorAnswer answer = VendorAnswer.to(Vendor.OLDEST, request);
    answers(
        answer.xml().replaceFirst(" " + attribute + "=\"movie-1\"", " " + attribute + "=\"b\""));

    KeyExchangeException error =
        catchThrowableOfType(
            KeyExchangeException.class, () -> client(Vendor.OLDEST.dialect()).exchange(request));

    assertThat(error).hasMessageContaining(found);
  }

  /** SPEKE v1 with a vendor's deviations: both attributes, another content type, lines for HLS. */
  @Test
  void exchange_firstVersionOfAVendor_asksAndMaps() throws Exception {
    KeyRequest request = Requests.of(Requests.shared(), Vendor.systems());
    answers(VendorAnswer.to(Vendor.DOVERUNNER, request).xml());
    CpixDialect dialect =
        CpixDialect.vendor(CpixVersion.V2_2)
            .speke(SpekeVersion.V1_0, false)
            .contentId(CpixDialect.ContentIdAttribute.BOTH)
            .contentType("text/xml")
            .build();

    CpixDocument document = client(dialect).exchange(request);

    assertThat(document.usageRules())
        .isEqualTo(List.of(request.rules().get(0).withKeyId(Vendor.DOVERUNNER.kid(Requests.A))));
    assertThat(server.received().get(0).getBodyAsString())
        .contains("contentId=\"movie-1\" id=\"movie-1\"", "<speke:KeyFormat/>", "<cpix:PSSH/>")
        .doesNotContain("ContentKeyUsageRule", "version=\"2");
  }

  @Test
  void exchange_assetInThePath_isSentThere() throws Exception {
    KeyRequest request = Requests.of(Requests.shared(), Vendor.systems());
    answers(VendorAnswer.to(Vendor.IRDETO, request).xml());
    HttpExchange open = HttpSettings.DEFAULT.open(HeaderAuthorizer.basic("org", "word"));

    server
        .builder()
        .dialect(Vendor.IRDETO.dialect())
        .endpoints(asked -> server.url().resolve("/contents/" + asked.contentId()))
        .exchange(open)
        .build()
        .exchange(request);

    assertThat(server.received().get(0).getUrl()).isEqualTo("/contents/movie-1");
    assertThat(server.received().get(0).getHeader("Authorization")).isEqualTo("Basic b3JnOndvcmQ=");
  }

  @Test
  void exchange_otherHostThanTheClients_isNotCalled() {
    SpekeClient client =
        server.builder().endpoints(asked -> URI.create("http://localhost:9/x")).build();

    assertThatThrownBy(() -> client.exchange(Requests.of(Requests.shared(), Vendor.systems())))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(server.received()).isEmpty();
  }

  @Test
  void build_contradictions_areRefused() {
    List<CpixDialectBuilder> builders =
        List.of(
            vendor().contentType("application/json"),
            vendor().schemes(Set.of()),
            vendor().answer(CpixDialect.AnswerCheck.EXACT),
            CpixDialect.vendor(CpixVersion.V2_2).versionAttribute(true),
            CpixDialect.vendor(CpixVersion.V2_2)
                .speke(SpekeVersion.V1_0, false)
                .rules(RulesSent.TYPES));

    for (CpixDialectBuilder builder : builders) {
      assertThatThrownBy(builder::build).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static CpixDialectBuilder vendor() {
    return CpixDialect.vendor(CpixVersion.V2_3);
  }

  private static SpekeClient client(CpixDialect dialect) {
    return server.builder().dialect(dialect).build();
  }

  private static void answers(String xml) {
    server.answers(aResponse().withStatus(200).withBody(xml));
  }
}
