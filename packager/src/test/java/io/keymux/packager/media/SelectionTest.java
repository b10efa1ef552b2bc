package io.keymux.packager.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {
  @Test
  void selection_rolesInAnyOrder_areTheSame() {
    assertThat(
            new Selection(null, List.of(TrackRole.DUB, TrackRole.MAIN, TrackRole.DUB), false)
                .roles())
        .containsExactly(TrackRole.MAIN, TrackRole.DUB);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\"b", "a\nb", "a\u0000b"})
  void selection_nameThatNoPlaylistCanHold_isRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Selection(name, List.of(), false))
        .withMessageContaining("1 to 200 characters");
  }

  @Test
  void selection_nameTooLong_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Selection("x".repeat(201), List.of(), false));
  }

  @ParameterizedTest
  @EnumSource(TrackRole.class)
  void ofId_everyRole_isItself(TrackRole role) {
    assertThat(TrackRole.ofId(role.id())).isEqualTo(role);
  }

  @Test
  void ofId_unknownRole_namesAll() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrackRole.ofId("MAIN"))
        .withMessageContaining("forced-subtitle");
  }

  @ParameterizedTest
  @CsvSource({"NONE, NONE", "type-0, TYPE_0", "TYPE-1, TYPE_1"})
  void ofId_hdcpLevel_inAnyCase(String id, HdcpLevel level) {
    assertThat(HdcpLevel.ofId(id)).isEqualTo(level);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.example.drm:HW",
        "com.example.drm1:SMART-TV/PC,com.example.drm2:HW",
        "com.apple.streamingkeydelivery:AppleMain",
        "com.example.drm:"
      })
  void policy_allowedCpc_asTheStandardHasIt(String text) {
    assertThat(new PlaybackPolicy(null, text).allowedCpc()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HW", "a:b\"", "a:b c", "a:b,", "a:/b", ":b"})
  void policy_malformedCpc_isRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new PlaybackPolicy(null, text));
  }
}
