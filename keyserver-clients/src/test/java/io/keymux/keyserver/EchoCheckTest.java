package io.keymux.keyserver;

import static io.keymux.cpix.DrmSystem.FAIRPLAY;
import static io.keymux.cpix.DrmSystem.PLAYREADY;
import static io.keymux.cpix.DrmSystem.WIDEVINE;
import static io.keymux.keyserver.Requests.A;
import static io.keymux.keyserver.Requests.B;
import static io.keymux.keyserver.Requests.C;
import static io.keymux.keyserver.SpekeAnswer.base64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A good answer with one change each, sent over HTTP: every change is found and named. */
class EchoCheckTest {
  private static final SpekeServer server = new SpekeServer();
  private static final KeyRequest REQUEST =
      Requests.of(Requests.perType(), WIDEVINE, PLAYREADY, FAIRPLAY);
  private static final String GOOD = SpekeAnswer.to(REQUEST);
  private static final String WV = DrmSystem.WIDEVINE.systemId().toString();
  private static final String PR = DrmSystem.PLAYREADY.systemId().toString();
  private static final String FP = DrmSystem.FAIRPLAY.systemId().toString();
  private static final String KEY_1 = base64(HexFormat.of().parseHex(SpekeAnswer.key(1)));
  private static final String KEY_2 = base64(HexFormat.of().parseHex(SpekeAnswer.key(2)));
  private static final String IV = "OFj2IjCsPJFfMAxmQxLGPw==";

  /**
   * @param found what the message must say
   * @param change of the good answer
   */
  record Violation(String name, String found, UnaryOperator<String> change) {
    @Override
    public String toString() {
      return name;
    }
  }

  @AfterEach
  void forget() {
    server.wireMock.resetAll();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<Violation> violations() {
    return Stream.of(document(), keys(), rules(), systems(), signaling()).flatMap(s -> s);
  }

  private static Stream<Violation> document() {
    return Stream.of(
        swap("another content id", "CPIX@contentId", "\"movie-1\"", "\"movie-2\""),
        swap("no content id", "CPIX@contentId", " contentId=\"movie-1\"", ""),
        swap("another version", "CPIX@version", "version=\"2.3\"", "version=\"2.4\""),
        swap("unknown version", "cpix-version-unsupported", "version=\"2.3\"", "version=\"9\""),
        swap("no version", "CPIX@version", " version=\"2.3\"", ""),
        swap(
            "key periods",
            "ContentKeyPeriodList",
            "<cpix:ContentKeyUsageRuleList>",
            "<cpix:ContentKeyPeriodList><cpix:ContentKeyPeriod id=\"p\" index=\"0\"/>"
                + "</cpix:ContentKeyPeriodList><cpix:ContentKeyUsageRuleList>"),
        swap("no XML", "xml-not-well-formed", "</cpix:CPIX>", ""),
        swap("DTD", "xml-dtd-refused", "<cpix:CPIX ", "<!DOCTYPE x><cpix:CPIX "));
  }

  private static Stream<Violation> keys() {
    String second = contentKey(2);
    return Stream.of(
        swap(
            "no value",
            "has no value",
            "<cpix:Data><pskc:Secret><pskc:PlainValue>"
                + KEY_1
                + "</pskc:PlainValue></pskc:Secret></cpix:Data>",
            ""),
        swap("empty value", "cpix-wrong-size", KEY_1, ""),
        swap("short key", "cpix-wrong-size", KEY_1, base64(new byte[15])),
        swap("long key", "cpix-wrong-size", KEY_1, base64(new byte[32])),
        swap("value no base64", "cpix-invalid-base64", KEY_1, KEY_1.replace('=', '!')),
        swap("zero key", "is all zero", KEY_1, base64(new byte[16])),
        swap("same key twice", "have the same key", KEY_2, KEY_1),
        swap("IV is the key", "explicitIV of ContentKey " + A, IV, KEY_1),
        swap("short IV", "cpix-wrong-size", IV, base64(new byte[8])),
        swap("another scheme", "commonEncryptionScheme of ContentKey " + A, "\"cbcs\"", "\"cenc\""),
        swap("no scheme", "commonEncryptionScheme", " commonEncryptionScheme=\"cbcs\"", ""),
        swap(
            "extra key",
            "ContentKey " + C + " was not asked for",
            second,
            second + second.replace(B.toString(), C.toString())),
        swap("duplicate key", "cpix-duplicate-kid", second, second + second),
        swap("missing key", "cpix-unknown-kid", second, ""),
        swap(
            "missing key, nothing refers to it",
            "usage rules",
            GOOD,
            SpekeAnswer.to(
                Requests.of(Requests.perType().subList(0, 1), WIDEVINE, PLAYREADY, FAIRPLAY))),
        swap("invalid KID", "cpix-invalid-kid", "ContentKey kid=\"" + A, "ContentKey kid=\"x" + A));
  }

  private static Stream<Violation> rules() {
    String rule =
        "<cpix:ContentKeyUsageRule kid=\""
            + B
            + "\" intendedTrackType=\"AUDIO\"><cpix:AudioFilter/></cpix:ContentKeyUsageRule>";
    return Stream.of(
        swap("no rule for a type", "1 usage rules, the request has 2", rule, ""),
        swap("extra rule", "3 usage rules", rule, rule + rule.replace("AUDIO", "UHD")),
        swap(
            "repeated rule",
            "2 usage rules with intendedTrackType \"VIDEO\"",
            "\"AUDIO\"",
            "\"VIDEO\""),
        swap("renamed type", "intendedTrackType \"AUDIO\"", "\"AUDIO\"", "\"audio\""),
        swap(
            "filter changed",
            "filters of the usage rule for \"VIDEO\"",
            "<cpix:VideoFilter/>",
            "<cpix:VideoFilter maxPixels=\"589824\"/>"),
        swap(
            "filter added",
            "filters of the usage rule for \"AUDIO\"",
            "<cpix:AudioFilter/>",
            "<cpix:AudioFilter/><cpix:AudioFilter/>"),
        swap(
            "filter removed", "filters of the usage rule for \"AUDIO\"", "<cpix:AudioFilter/>", ""),
        swap(
            "filter of another kind",
            "filters of the usage rule for \"VIDEO\"",
            "<cpix:VideoFilter/>",
            "<cpix:AudioFilter/>"),
        swap(
            "unknown filter",
            "filters of the usage rule for \"AUDIO\"",
            "<cpix:AudioFilter/>",
            "<cpix:AudioFilter/><x:F xmlns:x=\"urn:x\"/>"),
        new Violation("rules swapped", "was swapped for", xml -> swapRules(xml)),
        swap(
            "both rules for one KID",
            "became the same KID " + A,
            rule,
            rule.replace(B.toString(), A.toString())),
        new Violation(
            "everywhere the same KIDs swapped",
            "was swapped for",
            xml -> SpekeAnswer.to(REQUEST, id -> id.equals(A) ? B : A)));
  }

  private static Stream<Violation> systems() {
    String fairPlay = drmSystem(B, FP);
    return Stream.of(
        swap("missing system", "0 elements DRMSystem " + FP + " of KID " + B, fairPlay, ""),
        swap("duplicate system", "cpix-duplicate-drm-system", fairPlay, fairPlay + fairPlay),
        swap(
            "extra system",
            "was not asked for",
            fairPlay,
            fairPlay + fairPlay.replace(FP, "3ea8778f-7742-4bf9-b18b-e834b2acbd47")),
        swap(
            "another system",
            "0 elements DRMSystem " + FP,
            fairPlay,
            fairPlay.replace(FP, "3ea8778f-7742-4bf9-b18b-e834b2acbd47")),
        swap(
            "system of an unknown key",
            "cpix-unknown-kid",
            fairPlay,
            fairPlay.replace(B.toString(), C.toString())));
  }

  private static Stream<Violation> signaling() {
    String pssh = base64(SpekeAnswer.pssh(WV, A, "cbcs"));
    String otherPssh = base64(SpekeAnswer.pssh(WV, B, "cbcs"));
    String playReady = base64(SpekeAnswer.pssh(PR, A, "cbcs"));
    String otherPlayReady = base64(SpekeAnswer.pssh(PR, B, "cbcs"));
    return Stream.of(
        in(A, WV, "empty PSSH", "PSSH of DRMSystem", "<cpix:PSSH>" + pssh, "<cpix:PSSH>"),
        in(A, WV, "no PSSH", "PSSH of DRMSystem", "<cpix:PSSH>" + pssh + "</cpix:PSSH>", ""),
        in(A, WV, "PSSH no box", "is not a pssh box", "<cpix:PSSH>" + pssh, "<cpix:PSSH>AAAA"),
        in(A, WV, "PSSH of PlayReady", "is for DRM system " + PR, pssh, playReady),
        in(A, WV, "PSSH of the other key", "is for KID [" + B + "]", pssh, otherPssh),
        in(
            A,
            PR,
            "PlayReady of the other key",
            "is for KID [" + B + "]",
            playReady,
            otherPlayReady),
        in(A, WV, "garbled Widevine data", "malformed-widevine-data", pssh, garbled(WV)),
        in(A, PR, "garbled PlayReady object", "malformed-playready", playReady, garbled(PR)),
        in(
            A,
            WV,
            "empty ContentProtectionData",
            "ContentProtectionData of DRMSystem",
            cenc(pssh),
            ""),
        in(
            A,
            WV,
            "ContentProtectionData without pssh",
            "has 0 cenc:pssh elements",
            cenc(pssh),
            base64("<a/>")),
        in(
            A,
            WV,
            "two pssh in ContentProtectionData",
            "has 2 cenc:pssh elements",
            cenc(pssh),
            base64(pssh(pssh) + pssh(pssh))),
        in(
            A,
            WV,
            "another pssh in ContentProtectionData",
            "is not its PSSH",
            cenc(pssh),
            cenc(otherPssh)),
        in(
            A,
            WV,
            "ContentProtectionData no base64 inside",
            "is not base64",
            cenc(pssh),
            cenc("%%%")),
        in(
            A,
            WV,
            "ContentProtectionData no XML",
            "cpix-invalid-fragment",
            cenc(pssh),
            base64("<a>")),
        in(B, FP, "no media line", "media playlist of DRMSystem", media(B), ""),
        in(
            B,
            FP,
            "no multivariant line",
            "multivariant playlist of DRMSystem",
            multivariant(B),
            ""),
        in(
            B,
            FP,
            "another tag",
            "is no #EXT-X-KEY: line",
            media(B),
            base64("#EXT-X-SESSION-KEY:METHOD=NONE")),
        in(
            B,
            FP,
            "media tag in multivariant",
            "is no #EXT-X-SESSION-KEY: line",
            multivariant(B),
            base64("#EXT-X-KEY:METHOD=NONE")),
        in(
            B,
            FP,
            "two lines",
            "cpix-several-hls-lines",
            media(B),
            base64("#EXT-X-KEY:METHOD=NONE\n#EXT-X-ENDLIST")),
        in(
            B,
            FP,
            "control character",
            "has a control character",
            media(B),
            base64("#EXT-X-KEY:METHOD=\u0085NONE")),
        in(
            B,
            FP,
            "ContentProtectionData for FairPlay",
            "was not asked for",
            "<cpix:HLSSignalingData playlist=\"media\">",
            "<cpix:ContentProtectionData>"
                + base64("<a/>")
                + "</cpix:ContentProtectionData><cpix:HLSSignalingData playlist=\"media\">"),
        in(
            B,
            FP,
            "PSSH for FairPlay",
            "was not asked for",
            "<cpix:HLSSignalingData playlist=\"media\">",
            "<cpix:PSSH>" + pssh + "</cpix:PSSH><cpix:HLSSignalingData playlist=\"media\">"));
  }

  @ParameterizedTest
  @MethodSource("violations")
  void exchange_violation_isRefusedAndNamed(Violation violation) {
    String changed = violation.change().apply(GOOD);
    assertThat(changed).isNotEqualTo(GOOD);
    server.answersOk(changed);

    KeyExchangeException error =
        catchThrowableOfType(KeyExchangeException.class, () -> server.client().exchange(REQUEST));

    assertThat(error).as("%s was not found", violation).isNotNull();
    assertThat(error.code()).isEqualTo("key-response-invalid");
    assertThat(error.blame()).isEqualTo(DrmException.Blame.UPSTREAM);
    assertThat(error.retryable()).isFalse();
    assertThat(error).hasMessageContaining(violation.found()).hasNoCause();
    Leaks.assertNone(error, SpekeAnswer.keys(REQUEST));
    assertThat(server.received()).hasSize(1);
  }

  @Test
  void exchange_unchangedAnswer_isAccepted() {
    server.answersOk(GOOD);

    assertThatCode(() -> server.client().exchange(REQUEST)).doesNotThrowAnyException();
  }

  /** What a good server may do. */
  static Stream<Violation> liberties() {
    String first = contentKey(1);
    return Stream.of(
        swap("no explicit IV", "", " explicitIV=\"" + IV + "\"", ""),
        new Violation(
            "keys in another order",
            "",
            xml ->
                xml.replace(first, "")
                    .replace("</cpix:ContentKeyList>", first + "</cpix:ContentKeyList>")),
        swap("upper case KIDs", "", A.toString(), A.toString().toUpperCase(Locale.ROOT)),
        swap(
            "empty PSSH for FairPlay",
            "",
            drmSystem(B, FP),
            drmSystem(B, FP).replaceFirst("<cpix:HLS", "<cpix:PSSH/><cpix:HLS")),
        swap("line break after a line", "", media(B), base64(line("#EXT-X-KEY:", B) + "\r\n")),
        swap("other prefixes", "", "pskc:", "k:"),
        swap(
            "white space in base64",
            "",
            KEY_1,
            "\n  " + KEY_1.substring(0, 10) + "\n" + KEY_1.substring(10)),
        swap("id attributes", "", "<cpix:ContentKey ", "<cpix:ContentKey id=\"k\" "));
  }

  @ParameterizedTest
  @MethodSource("liberties")
  void exchange_liberty_isAccepted(Violation liberty) throws Exception {
    String changed =
        liberty
            .change()
            .apply(GOOD)
            .replace(
                "xmlns:pskc", liberty.name().equals("other prefixes") ? "xmlns:k" : "xmlns:pskc");
    assertThat(changed).isNotEqualTo(GOOD);
    server.answersOk(changed);

    CpixDocument document = server.client().exchange(REQUEST);

    assertThat(document.usageRules()).isEqualTo(REQUEST.rules());
    assertThat(document.contentKeys()).hasSize(2);
    assertThat(HexFormat.of().formatHex(document.contentKeys().get(0).value().reveal()))
        .isEqualTo(SpekeAnswer.key(1));
    DrmSignaling fairPlay = document.signaling(B).get(2);
    assertThat(fairPlay.pssh()).isNull();
    assertThat(fairPlay.hlsMedia()).isEqualTo(line("#EXT-X-KEY:", B));
  }

  private static Violation swap(String name, String found, String from, String to) {
    return new Violation(name, found, xml -> xml.replace(from, to));
  }

  /** A change inside one DRMSystem element. */
  private static Violation in(
      KeyId kid, String systemId, String name, String found, String from, String to) {
    String system = drmSystem(kid, systemId);
    return swap(name, found, system, system.replace(from, to));
  }

  private static String contentKey(int number) {
    return cut("<cpix:ContentKey kid=\"" + (number == 1 ? A : B), "</cpix:ContentKey>");
  }

  private static String drmSystem(KeyId kid, String systemId) {
    return cut("<cpix:DRMSystem kid=\"" + kid + "\" systemId=\"" + systemId, "</cpix:DRMSystem>");
  }

  private static String cut(String begin, String end) {
    int at = GOOD.indexOf(begin);
    return GOOD.substring(at, GOOD.indexOf(end, at) + end.length());
  }

  private static String swapRules(String xml) {
    int at = xml.indexOf("<cpix:ContentKeyUsageRuleList>");
    String list = xml.substring(at);
    return xml.substring(0, at)
        + list.replace(A.toString(), "x")
            .replace(B.toString(), A.toString())
            .replace("x\"", B + "\"");
  }

  private static String pssh(String pssh) {
    return "<cenc:pssh xmlns:cenc=\"urn:mpeg:cenc:2013\">" + pssh + "</cenc:pssh>";
  }

  private static String cenc(String pssh) {
    return base64(pssh(pssh));
  }

  private static String media(KeyId kid) {
    return base64(line("#EXT-X-KEY:", kid));
  }

  private static String multivariant(KeyId kid) {
    return base64(line("#EXT-X-SESSION-KEY:", kid));
  }

  private static String line(String tag, KeyId kid) {
    return tag + "METHOD=SAMPLE-AES,URI=\"skd://" + kid + "\",KEYFORMATVERSIONS=\"1\"";
  }

  private static String garbled(String systemId) {
    byte[] box = SpekeAnswer.pssh(systemId, A, "cbcs");
    box[32] = (byte) 0xff;
    return base64(box);
  }
}
