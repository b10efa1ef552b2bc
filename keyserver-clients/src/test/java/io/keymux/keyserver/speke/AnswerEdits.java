package io.keymux.keyserver.speke;

import static io.keymux.cpix.DrmSystem.FAIRPLAY;
import static io.keymux.cpix.DrmSystem.PLAYREADY;
import static io.keymux.cpix.DrmSystem.WIDEVINE;
import static io.keymux.keyserver.speke.Requests.A;
import static io.keymux.keyserver.speke.Requests.B;
import static io.keymux.keyserver.speke.SpekeAnswer.base64;

import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import java.util.HexFormat;

/** A good answer, its parts and what to put in their place. */
final class AnswerEdits {
  static final KeyRequest REQUEST = Requests.of(Requests.perType(), WIDEVINE, PLAYREADY, FAIRPLAY);
  static final String GOOD = SpekeAnswer.to(REQUEST);
  static final String WV = DrmSystem.WIDEVINE.systemId().toString();
  static final String PR = DrmSystem.PLAYREADY.systemId().toString();
  static final String FP = DrmSystem.FAIRPLAY.systemId().toString();
  static final String KEY_1 = base64(HexFormat.of().parseHex(SpekeAnswer.key(1)));
  static final String KEY_2 = base64(HexFormat.of().parseHex(SpekeAnswer.key(2)));
  static final String IV = "OFj2IjCsPJFfMAxmQxLGPw==";

  private AnswerEdits() {}

  static String contentKey(int number) {
    return cut("<cpix:ContentKey kid=\"" + (number == 1 ? A : B), "</cpix:ContentKey>");
  }

  static String drmSystem(KeyId kid, String systemId) {
    return cut("<cpix:DRMSystem kid=\"" + kid + "\" systemId=\"" + systemId, "</cpix:DRMSystem>");
  }

  static String swapRules(String xml) {
    int at = xml.indexOf("<cpix:ContentKeyUsageRuleList>");
    String list = xml.substring(at);
    return xml.substring(0, at)
        + list.replace(A.toString(), "x")
            .replace(B.toString(), A.toString())
            .replace("x\"", B + "\"");
  }

  static String pssh(String pssh) {
    return "<cenc:pssh xmlns:cenc=\"urn:mpeg:cenc:2013\">" + pssh + "</cenc:pssh>";
  }

  static String cenc(String pssh) {
    return base64(pssh(pssh));
  }

  static String media(KeyId kid) {
    return base64(line("#EXT-X-KEY:", kid));
  }

  static String multivariant(KeyId kid) {
    return base64(line("#EXT-X-SESSION-KEY:", kid));
  }

  static String line(String tag, KeyId kid) {
    return tag + "METHOD=SAMPLE-AES,URI=\"skd://" + kid + "\",KEYFORMATVERSIONS=\"1\"";
  }

  static String garbled(String systemId) {
    byte[] box = SpekeAnswer.pssh(systemId, A, "cbcs");
    box[32] = (byte) 0xff;
    return base64(box);
  }

  private static String cut(String begin, String end) {
    int at = GOOD.indexOf(begin);
    return GOOD.substring(at, GOOD.indexOf(end, at) + end.length());
  }
}
