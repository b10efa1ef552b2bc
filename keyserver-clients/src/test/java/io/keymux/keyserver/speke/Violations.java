package io.keymux.keyserver.speke;

import static io.keymux.cpix.DrmSystem.FAIRPLAY;
import static io.keymux.cpix.DrmSystem.PLAYREADY;
import static io.keymux.cpix.DrmSystem.WIDEVINE;
import static io.keymux.keyserver.speke.AnswerEdits.FP;
import static io.keymux.keyserver.speke.AnswerEdits.GOOD;
import static io.keymux.keyserver.speke.AnswerEdits.IV;
import static io.keymux.keyserver.speke.AnswerEdits.KEY_1;
import static io.keymux.keyserver.speke.AnswerEdits.KEY_2;
import static io.keymux.keyserver.speke.AnswerEdits.PR;
import static io.keymux.keyserver.speke.AnswerEdits.REQUEST;
import static io.keymux.keyserver.speke.AnswerEdits.WV;
import static io.keymux.keyserver.speke.AnswerEdits.cenc;
import static io.keymux.keyserver.speke.AnswerEdits.contentKey;
import static io.keymux.keyserver.speke.AnswerEdits.drmSystem;
import static io.keymux.keyserver.speke.AnswerEdits.garbled;
import static io.keymux.keyserver.speke.AnswerEdits.media;
import static io.keymux.keyserver.speke.AnswerEdits.multivariant;
import static io.keymux.keyserver.speke.AnswerEdits.pssh;
import static io.keymux.keyserver.speke.AnswerEdits.swapRules;
import static io.keymux.keyserver.speke.Requests.A;
import static io.keymux.keyserver.speke.Requests.B;
import static io.keymux.keyserver.speke.Requests.C;
import static io.keymux.keyserver.speke.SpekeAnswer.base64;
import static io.keymux.keyserver.speke.Violation.in;
import static io.keymux.keyserver.speke.Violation.swap;

import java.util.stream.Stream;

/** The changes that a server must not make. */
final class Violations {
  private Violations() {}

  static Stream<Violation> all() {
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
}
