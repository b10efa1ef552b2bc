package io.keymux.api.keyserver.speke;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.xml.CpixDom;
import java.util.Base64;
import org.w3c.dom.Element;

/** What each DRM system must get, put together here byte by byte. */
final class ExpectedSignaling {
  private static final String CENC_PSSH =
      "<cenc:pssh xmlns:cenc=\"urn:mpeg:cenc:2013\">%s</cenc:pssh>";

  private ExpectedSignaling() {}

  static void check(Element system, KeyId id, String scheme, String contentId) {
    switch (system.getAttribute("systemId")) {
      case SpekeText.WIDEVINE -> widevine(system, id, scheme);
      case SpekeText.PLAYREADY -> playReady(system, id, scheme);
      case SpekeText.FAIRPLAY -> fairPlay(system, id);
      case SpekeText.COMMON -> common(system, id);
      default -> aes128(system, id, contentId);
    }
  }

  private static void widevine(Element system, KeyId id, String scheme) {
    String box =
        "0000003870737368"
            + "00000000"
            + "edef8ba979d64acea3c827dcd51d21ed"
            + "00000018"
            + "1210"
            + id.toHex()
            + (scheme.equals("cenc") ? "48e3dc959b06" : "48f3c6899b06");
    assertThat(Answer.decoded(system, "PSSH").toHex()).isEqualTo(box);
    String base64 = Bytes.ofHex(box).toBase64();
    assertThat(text(system, "ContentProtectionData")).isEqualTo(CENC_PSSH.formatted(base64));
    String attributes =
        "METHOD=%s,URI=\"data:text/plain;base64,%s\",KEYID=0x%s,KEYFORMAT=\"urn:uuid:%s\",KEYFORMATVERSIONS=\"1\""
            .formatted(
                method(scheme),
                base64,
                Bytes.ofHex(id.toHex()).toHex().toUpperCase(java.util.Locale.ROOT),
                SpekeText.WIDEVINE);
    hls(system, attributes);
  }

  private static void playReady(Element system, KeyId id, String scheme) {
    Bytes box = Answer.decoded(system, "PSSH");
    String object = smooth(system);
    assertThat(box.toHex())
        .startsWith("%08x70737368000000009a04f07998404286ab92e65be0885f95".formatted(box.size()))
        .endsWith(Bytes.copyOf(Base64.getDecoder().decode(object)).toHex());
    assertThat(new String(Base64.getDecoder().decode(object), UTF_16LE))
        .contains(Base64.getEncoder().encodeToString(id.toGuidBytes()));
    assertThat(text(system, "ContentProtectionData"))
        .isEqualTo(
            CENC_PSSH.formatted(box.toBase64())
                + "<mspr:pro xmlns:mspr=\"urn:microsoft:playready\">%s</mspr:pro>"
                    .formatted(object));
    hls(
        system,
        "METHOD=%s,URI=\"data:text/plain;charset=UTF-16;base64,%s\",KEYFORMAT=\"com.microsoft.playready\",KEYFORMATVERSIONS=\"1\""
            .formatted(method(scheme), object));
  }

  private static void fairPlay(Element system, KeyId id) {
    assertThat(CpixDom.children(system, "PSSH").get(0).getTextContent()).isEmpty();
    assertThat(CpixDom.children(system, "ContentProtectionData")).isEmpty();
    hls(
        system,
        "METHOD=SAMPLE-AES,URI=\"skd://%s\",KEYFORMAT=\"com.apple.streamingkeydelivery\",KEYFORMATVERSIONS=\"1\""
            .formatted(id));
  }

  private static void common(Element system, KeyId id) {
    String box =
        "00000034707373680100000"
            + "01077efecc0b24d02ace33c1e52e2fb4b00000001"
            + id.toHex()
            + "00000000";
    assertThat(Answer.decoded(system, "PSSH").toHex()).isEqualTo(box);
    assertThat(text(system, "ContentProtectionData"))
        .isEqualTo(
            "<pssh xmlns=\"urn:mpeg:cenc:2013\">%s</pssh>".formatted(Bytes.ofHex(box).toBase64()));
  }

  private static void aes128(Element system, KeyId id, String contentId) {
    assertThat(CpixDom.children(system, "PSSH").get(0).getTextContent()).isEmpty();
    assertThat(CpixDom.children(system, "ContentProtectionData")).isEmpty();
    hls(
        system,
        "METHOD=AES-128,URI=\"%s/keys/%s/%s\",KEYFORMAT=\"identity\",KEYFORMATVERSIONS=\"1\""
            .formatted(SpekeServer.BASE, contentId, id));
  }

  private static void hls(Element system, String attributes) {
    assertThat(Answer.hls(system, "media")).isEqualTo("#EXT-X-KEY:" + attributes);
    assertThat(Answer.hls(system, "master")).isEqualTo("#EXT-X-SESSION-KEY:" + attributes);
    assertThat(CpixDom.children(system, "HLSSignalingData")).hasSize(2);
  }

  private static String method(String scheme) {
    return scheme.equals("cenc") ? "SAMPLE-AES-CTR" : "SAMPLE-AES";
  }

  private static String smooth(Element system) {
    return CpixDom.children(system, "SmoothStreamingProtectionHeaderData").get(0).getTextContent();
  }

  private static String text(Element system, String name) {
    return Answer.decodedText(CpixDom.children(system, name).get(0));
  }
}
