package io.keymux.keyserver.speke;

import static io.keymux.cpix.DrmSystem.PLAYREADY;
import static io.keymux.cpix.DrmSystem.WIDEVINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.http.Request;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.xml.CpixDom;
import io.keymux.cpix.xml.SafeXml;
import io.keymux.keyserver.http.KeyExchangeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

/** What differs in SPEKE v2.1: CPIX 2.4, and what it lets a server say about a key. */
class SpekeV21Test {
  @RegisterExtension static final SpekeServer server = new SpekeServer();

  @Test
  void exchange_goodAnswer_keepsWhatIsSaidOfTheKeys() throws Exception {
    KeyRequest request = Requests.of(Requests.perType(), WIDEVINE, PLAYREADY);
    String answer =
        SpekeAnswer.to(request)
            .replace("version=\"2.3\"", "version=\"2.4\"")
            .replace("<cpix:Data>", "<cpix:HDCPData HLSHDCPLevel=\"TYPE-1\"/><cpix:Data>")
            .replace(
                "<cpix:ContentProtectionData>",
                "<cpix:ContentProtectionData robustness=\"HW_SECURE_ALL\">");
    server.answers(SpekeServer.answer(answer, "2.1"));

    CpixDocument document = client().exchange(request);

    assertThat(document.contentKeys())
        .hasSize(2)
        .extracting(ContentKey::details)
        .allSatisfy(details -> assertThat(details.hdcpLevel()).isEqualTo("TYPE-1"));
    assertThat(document.drmSystems())
        .hasSize(4)
        .allSatisfy(system -> assertThat(system.details().robustness()).isEqualTo("HW_SECURE_ALL"));
    Request received = server.received().get(0);
    assertThat(received.getHeader("X-Speke-Version")).isEqualTo("2.1");
    Element sent = SafeXml.parse(received.getBody()).getDocumentElement();
    assertThat(sent.getAttribute("version")).isEqualTo("2.4");
    assertThat(CpixDom.entries(sent, "DRMSystemList", "DRMSystem"))
        .allSatisfy(
            system ->
                assertThat(CpixDom.children(system, "HLSSignalingData"))
                    .extracting(hls -> hls.getAttribute("playlist"))
                    .containsExactly("media", "master"));
  }

  @ParameterizedTest
  @CsvSource({
    "2.0, 2.4, X-Speke-Version is not 2.1",
    "2.1, 2.3, CPIX@version is not \"2.4\" as in the request"
  })
  void exchange_olderAnswer_isRefused(String speke, String cpix, String found) {
    KeyRequest request = Requests.of(Requests.shared(), WIDEVINE);
    String answer = SpekeAnswer.to(request).replace("version=\"2.3\"", "version=\"" + cpix + "\"");
    server.answers(SpekeServer.answer(answer, speke));

    KeyExchangeException error =
        catchThrowableOfType(KeyExchangeException.class, () -> client().exchange(request));

    assertThat(error.code()).isEqualTo("key-response-invalid");
    assertThat(error).hasMessageContaining(found);
  }

  private static SpekeClient client() {
    return SpekeClient.builder(SpekeVersion.V2_1, server.url()).build();
  }
}
