package io.keymux.api.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.api.json.Json;
import io.keymux.api.problem.FieldError;
import io.keymux.api.problem.RequestException;
import io.keymux.packager.media.HdcpLevel;
import io.keymux.packager.media.PlaybackPolicy;
import io.keymux.packager.media.Selection;
import io.keymux.packager.media.TrackRole;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputWishesTest {
  private final FieldChecks fields = new FieldChecks();

  private InputWishes read(String json) {
    return new InputWishes(
        "/inputs/1", Json.read(json.getBytes(UTF_8), JobSpec.Input.class), fields);
  }

  @Test
  void wishes_none_sayNothing() {
    InputWishes wishes = read("{\"url\": \"file:///a.mp4\"}");

    assertThat(wishes.selection()).isEqualTo(Selection.NONE);
    assertThat(wishes.policy()).isEqualTo(PlaybackPolicy.NONE);
    fields.check();
  }

  @Test
  void wishes_all_areRead() {
    InputWishes wishes =
        read(
            """
            {"url": "file:///a.mp4", "name": "Director", "roles": ["commentary", "alternate"],
             "preferred": true, "hdcpLevel": "TYPE-1", "allowedCpc": "com.example.drm:HW"}""");

    assertThat(wishes.selection())
        .isEqualTo(
            new Selection("Director", List.of(TrackRole.ALTERNATE, TrackRole.COMMENTARY), true));
    assertThat(wishes.policy())
        .isEqualTo(new PlaybackPolicy(HdcpLevel.TYPE_1, "com.example.drm:HW"));
    fields.check();
  }

  @Test
  void wishes_wrong_areAllTold() {
    InputWishes wishes =
        read(
            """
            {"url": "file:///a.mp4", "name": "a\\"b", "roles": ["dub", "boss"],
             "hdcpLevel": "2.2", "allowedCpc": "HW"}""");
    wishes.selection();
    wishes.policy();

    assertThatThrownBy(fields::check)
        .isInstanceOfSatisfying(
            RequestException.class,
            e ->
                assertThat(e.errors())
                    .extracting(FieldError::pointer)
                    .containsExactly(
                        "/inputs/1/roles/1",
                        "/inputs/1/name",
                        "/inputs/1/hdcpLevel",
                        "/inputs/1/allowedCpc"));
  }
}
