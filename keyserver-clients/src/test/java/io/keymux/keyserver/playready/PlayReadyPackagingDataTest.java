package io.keymux.keyserver.playready;

import static io.keymux.keyserver.playready.PlayReadyAnswers.KEY;
import static io.keymux.keyserver.playready.PlayReadyAnswers.answer;
import static io.keymux.keyserver.playready.PlayReadyAnswers.data;
import static io.keymux.keyserver.playready.PlayReadyAnswers.object;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Request;
import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.answer.KeyServerDouble;
import io.keymux.keyserver.speke.Requests;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PlayReadyPackagingDataTest {
  @RegisterExtension static final KeyServerDouble SERVER = new KeyServerDouble();

  private static final KeyId ID = KeyId.parse("0a1b2c3d-4e5f-4061-8283-94a5b6c7d8e9");
  private static final KeyId GUID = KeyId.ofBytes(ID.toGuidBytes());
  private static final KeyRequest REQUEST =
      Requests.of(Requests.shared(), DrmSystem.PLAYREADY, DrmSystem.WIDEVINE);

  @Test
  void exchange_good_sendsTheSoapMessage() throws Exception {
    SERVER.answers(good());

    client().exchange(REQUEST);

    Request sent = SERVER.received().get(0);
    assertThat(sent.getHeader("Content-Type")).isEqualTo("text/xml; charset=UTF-8");
    assertThat(sent.getHeader("SOAPAction"))
        .isEqualTo("\"http://schemas.microsoft.com/DRM/2007/03/protocols/AcquirePackagingData\"");
    assertThat(new String(sent.getBody(), UTF_8))
        .isEqualTo(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                + "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\">"
                + "<soap:Body><AcquirePackagingData"
                + " xmlns=\"http://schemas.microsoft.com/DRM/2007/03/protocols\"><challenge"
                + " xmlns=\"http://schemas.microsoft.com/DRM/2007/03/protocols/AcquirePackagingData/v1.0\">"
                + "<ProtectionSystems><ProtectionSystemId>9A04F079-9840-4286-AB92-E65BE0885F95"
                + "</ProtectionSystemId></ProtectionSystems><StreamProtectionRequests>"
                + "<StreamInformation><ProgramIdentifier>movie-1</ProgramIdentifier>"
                + "<OffsetFromProgramStart>P0S</OffsetFromProgramStart></StreamInformation>"
                + "</StreamProtectionRequests></challenge></AcquirePackagingData></soap:Body>"
                + "</soap:Envelope>");
  }

  @Test
  void exchange_good_givesKeyAndSignaling() throws Exception {
    SERVER.answers(good());

    CpixDocument document = client().exchange(REQUEST);

    assertThat(document.contentKeys())
        .containsExactly(new ContentKey(ID, secret(KEY), ProtectionScheme.CENC, null));
    assertThat(document.usageRules()).containsExactly(REQUEST.rules().get(0).withKeyId(ID));
    assertThat(document.drmSystems()).hasSize(1);
    DrmSignaling signaling = document.signaling(ID).get(0);
    assertThat(signaling.systemId()).isEqualTo(DrmSystem.PLAYREADY.systemId());
    assertThat(data(signaling)).isEqualTo(object(ID));
    assertThat(signaling.contentProtection()).contains(object(ID).toBase64());
  }

  @ParameterizedTest
  @CsvSource({
    "0A1B2C3D-4E5F-4061-8283-94A5B6C7D8E9",
    "0a1b2c3d-4e5f-4061-8283-94a5b6c7d8e9",
    "0A1B2C3D4E5F4061828394A5B6C7D8E9",
    "' 0A1B2C3D-4E5F-4061-8283-94A5B6C7D8E9 '"
  })
  void exchange_keyId_isReadAsPlainHex(String text) throws Exception {
    SERVER.answers(answer(text, KEY, object(ID)));

    assertThat(client().exchange(REQUEST).contentKeys().get(0).id()).isEqualTo(ID);
  }

  @Test
  void exchange_noPlayReadyObject_leavesSignalingToKeymux() throws Exception {
    SERVER.answers(good().replaceAll("<Data>.*</Data>", "<Data/>"));

    assertThat(client().exchange(REQUEST).drmSystems()).isEmpty();
  }

  @Test
  void exchange_severalKids_areTooManyBeforeAnythingIsSent() {
    KeyServerDouble.fails(
        client(), Requests.of(Requests.perType(), DrmSystem.PLAYREADY), "key-limit-exceeded");

    assertThat(SERVER.received()).isEmpty();
  }

  static Stream<Arguments> invalid() {
    KeyId asked = REQUEST.keyIds().get(0);
    KeyId askedGuid = KeyId.ofBytes(asked.toGuidBytes());
    String id = ID.toString();
    return Stream.of(
        Arguments.of("HTML", "<html><br>" + KEY + "</html>", "it is not usable XML"),
        Arguments.of("an empty message", "<a/>", "KeyId is missing"),
        Arguments.of("a DTD", "<!DOCTYPE a><a/>", "it is not usable XML"),
        Arguments.of("no KID", answer(KEY + KEY, KEY, object(ID)), "KeyId is not a GUID"),
        Arguments.of("no key", good().replace("KeyData", "Key"), "KeyData is missing"),
        Arguments.of("a short key", answer(id, KEY.substring(2), object(ID)), "has 15 bytes"),
        Arguments.of("a zero key", answer(id, "00".repeat(16), object(ID)), "all zero"),
        Arguments.of("no base64", good().replace("</KeyData>", "!</KeyData>"), "KeyData is not"),
        Arguments.of("a second key", twice("KeyId", GUID.toString()), "2 different elements KeyId"),
        Arguments.of("a second value", twice("KeyData", "AAAA"), "2 different elements KeyData"),
        Arguments.of("the asked KID swapped", answer(askedGuid, object(askedGuid)), "swapped"),
        Arguments.of("a header in KID order", answer(ID, object(GUID)), "bytes swapped"),
        Arguments.of("a header of another", answer(ID, object(asked)), "is for KID [" + asked),
        Arguments.of("no PlayReady object", answer(ID, Bytes.ofHex("5ec4e700")), "not a PlayReady"),
        Arguments.of("an empty one", answer(ID, Bytes.ofHex("060000000000")), "has no header"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("invalid")
  void exchange_unusableAnswer_isInvalid(String name, String body, String said) {
    SERVER.answers(body);

    assertThat(KeyServerDouble.fails(client(), REQUEST, "key-response-invalid", KEY))
        .hasMessageContaining(said);
  }

  @ParameterizedTest
  @CsvSource({
    "200, soap:Server, SOAP Fault Server",
    "500, soap:Client.Authentication, SOAP Fault Client",
    "500, MustUnderstand, SOAP Fault MustUnderstand",
    "400, s3cret, SOAP Fault",
  })
  void exchange_fault_isNamedInFixedWords(int status, String code, String said) {
    SERVER.answers(
        status,
        "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body>"
            + "<soap:Fault><faultcode>%s</faultcode><faultstring>s3cret</faultstring></soap:Fault>"
                .formatted(code)
            + "</soap:Body></soap:Envelope>");

    assertThat(KeyServerDouble.fails(client(), REQUEST, "key-server-refused"))
        .hasMessageContaining("\"" + said + "\"")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void exchange_faultOfSoap12_isNamed() {
    SERVER.answers(
        500,
        "<e:Envelope xmlns:e=\"http://www.w3.org/2003/05/soap-envelope\"><e:Body><e:Fault>"
            + "<e:Code><e:Value>e:Sender</e:Value></e:Code></e:Fault></e:Body></e:Envelope>");

    assertThat(KeyServerDouble.fails(client(), REQUEST, "key-server-refused"))
        .hasMessageContaining("\"SOAP Fault Sender\"");
  }

  @Test
  void exchange_errorWithoutFault_isTheStatus() {
    SERVER.answers(500, "<html>" + KEY);

    assertThat(KeyServerDouble.fails(client(), REQUEST, "key-server-refused", KEY))
        .hasMessageContaining("HTTP 500");
  }

  private static PlayReadyPackagingData client() {
    return PlayReadyPackagingData.of(SERVER.url(), SERVER.http());
  }

  private static String good() {
    return answer(ID, object(ID));
  }

  private static String twice(String element, String text) {
    return good().replace("<" + element + ">", "<%1$s>%2$s</%1$s><%1$s>".formatted(element, text));
  }

  private static SecretBytes secret(String hex) {
    return SecretBytes.copyOf(HexFormat.of().parseHex(hex));
  }
}
