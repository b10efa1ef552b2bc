package io.keymux.cpix.signaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PsshInputTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00fbff10",
        "0x00FBFF10",
        " 00 fb\nff 10 ",
        "APv/EA==",
        "APv_EA==",
        "APv_EA",
        "APv/\n EA==",
        "data:text/plain;charset=UTF-16;base64,APv/EA=="
      })
  void ofText_eachForm_givesTheBytes(String text) {
    assertThat(PsshInput.ofText(text)).containsExactly(0x00, 0xfb, 0xff, 0x10);
    assertThat(PsshInput.ofFile((text + "\n").getBytes(StandardCharsets.US_ASCII)))
        .containsExactly(0x00, 0xfb, 0xff, 0x10);
  }

  @Test
  void ofText_digitsInDataUri_areBase64() {
    assertThat(PsshInput.ofText("data:;base64,00000000")).hasSize(6);
    assertThat(PsshInput.ofText("00000000")).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n", "0x", "not!", "A", "data:text/plain;base64,"})
  void ofText_neither_isRefusedWithoutQuotingIt(String text) {
    assertThatThrownBy(() -> PsshInput.ofText(text))
        .isInstanceOfSatisfying(
            MalformedSignalingException.class,
            e -> {
              assertThat(e.code()).isEqualTo("unreadable-pssh-input");
              assertThat(e.getMessage()).doesNotContain("not!");
            });
  }

  @Test
  void ofFile_binary_isTakenAsItIs() {
    byte[] binary = {0, 0, 0, 8, 'p', 's', 's', 'h'};
    assertThat(PsshInput.ofFile(binary)).isEqualTo(binary).isNotSameAs(binary);
  }

  @Test
  void ofText_xml_isKept() {
    assertThat(PsshInput.ofText(" <WRMHEADER/> ")).asString().isEqualTo("<WRMHEADER/>");
  }
}
