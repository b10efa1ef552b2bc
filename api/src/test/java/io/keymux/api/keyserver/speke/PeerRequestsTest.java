package io.keymux.api.keyserver.speke;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.KeyId;
import io.keymux.cpix.xml.CpixDom;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/** The requests that AWS's reference server was asked, among them the cases where it fails. */
class PeerRequestsTest {
  private static final KeyId KID = KeyId.parse("00000001-1111-4111-8111-111111111111");

  @TempDir static Path folder;
  private static SpekeServer server;

  @BeforeAll
  static void start() {
    server = SpekeServer.in(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aws-peer-pairs/01-widevine-clear.request.xml",
        "aws-peer-pairs/02-wv-pr-fp-clear.request.xml",
        "aws-peer-pairs/03-fairplay-only-clear.request.xml",
      })
  void answer_request_hasDistinctKeysAndIvs(String file) {
    String request = SpekeVectors.read(file);
    Answer answer = server.answer(SpekeVersion.V2_0, request);
    assertThat(answer.keys()).extracting(Answer::value).doesNotHaveDuplicates();
    boolean fairPlay = request.contains(SpekeText.FAIRPLAY);
    for (Element key : answer.keys()) {
      assertThat(key.hasAttribute("explicitIV")).isEqualTo(fairPlay);
      assertThat(key.getAttribute("explicitIV")).isNotEqualTo(Answer.value(key).toBase64());
    }
    for (Element system : answer.systems()) {
      for (Element child : CpixDom.children(system)) {
        boolean pssh = child.getLocalName().equals("PSSH");
        assertThat(child.getTextContent().isEmpty())
            .as(child.getLocalName())
            .isEqualTo(pssh && system.getAttribute("systemId").equals(SpekeText.FAIRPLAY));
      }
    }
  }

  /** It asks for FairPlay with cenc, which AWS's own suite wants refused. */
  @Test
  void answer_bodyOfTheServersOwnTests_isRefusedUntilTheSchemeFits() {
    String request = SpekeVectors.read("aws-speke-server-tests/server_api_body_spekev2.xml");
    assertThat(server.refusal(SpekeVersion.V2_0, request))
        .isEqualTo(
            "ContentKey@commonEncryptionScheme non compatible with DRMSystem "
                + SpekeText.FAIRPLAY);
    assertThat(server.refusal(SpekeVersion.V2_0, request.replace("cenc\"", "cbcs\"")))
        .isEqualTo("no refusal");
  }

  @Test
  void answer_aes128_pointsToTheKeyRoute() {
    Answer answer =
        server.answer(
            SpekeVersion.V2_0, SpekeVectors.read("aws-peer-pairs/04-clearkey-aes128.request.xml"));
    assertThat(Answer.hls(answer.system(SpekeText.AES_128, KID), "media"))
        .contains("METHOD=AES-128,URI=\"" + SpekeServer.BASE + "/keys/sample-04/" + KID + "\"");
  }

  @Test
  void answer_ivInTheRequest_isKept() {
    Answer answer =
        server.answer(
            SpekeVersion.V2_0,
            SpekeVectors.read("aws-peer-pairs/09-explicit-iv-in-request.request.xml"));
    assertThat(answer.key(KID).getAttribute("explicitIV")).isEqualTo("OFj2IjCsPJFfMAxmQxLGPw==");
  }
}
