package io.keymux.cpix.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.PsshBox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads the pssh boxes that Shaka Packager, Bento4 and others wrote. */
class PeerFilesTest {
  private static final ContentKey KEY =
      new KeyVector("31323334353637383930313233343536", "32333435363738393021323334353637", null)
          .toKey();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shaka-generated",
        "bento4-generated",
        "media3",
        "multi-key",
        "key-rotation",
        "shaka-player/clear-encrypted",
        "shaka-player/dash-clearkey"
      })
  void parse_everyBoxOfPeers_isByteExactAndDescribed(String folder) throws IOException {
    int boxes = 0;
    for (Path file : mp4Files(folder)) {
      for (byte[] bytes : psshBoxes(file)) {
        assertThat(PsshBox.parse(bytes).toBytes()).as(file.toString()).isEqualTo(bytes);
        PsshDescription description = PsshInspector.inspect(bytes).get(0);
        assertThat(description.problems()).as(file.toString()).isEmpty();
        boxes++;
      }
    }
    assertThat(boxes).isPositive();
  }

  @Test
  void generate_keyOfShakaFiles_isWhatShakaWrote() throws IOException {
    int compared = 0;
    for (ProtectionScheme scheme : List.of(ProtectionScheme.CENC, ProtectionScheme.CBCS)) {
      Map<UUID, Bytes> ours = ours(scheme);
      for (Path file : mp4Files("shaka-generated")) {
        if (file.getFileName().toString().startsWith(scheme.fourCc() + ".")) {
          for (byte[] bytes : psshBoxes(file)) {
            UUID system = PsshBox.parse(bytes).systemId();
            assertThat(Bytes.copyOf(bytes)).as("%s %s", file, system).isEqualTo(ours.get(system));
            compared++;
          }
        }
      }
    }
    assertThat(compared).isGreaterThanOrEqualTo(30);
  }

  @Test
  void inspect_wholeFiles_findsTheKid() throws IOException {
    for (String folder : List.of("shaka-generated", "bento4-generated")) {
      for (Path file : mp4Files(folder)) {
        List<PsshDescription> found = PsshInspector.inspect(Files.readAllBytes(file));
        assertThat(found)
            .as(file.toString())
            .isNotEmpty()
            .allSatisfy(box -> assertThat(box.keyIds()).containsExactly(KEY.id()));
      }
    }
  }

  @Test
  void inspect_rotatingSegment_findsTheKidInMoof() throws IOException {
    Path file = Vectors.shared("packaging/key-rotation/cbcs-raw-rotating/3.m4s");
    assertThat(PsshInspector.inspect(Files.readAllBytes(file)).get(0).keyIds())
        .containsExactly(KeyId.parse("32333435363738393031323334353631"));
  }

  private static Map<UUID, Bytes> ours(ProtectionScheme scheme) {
    Map<UUID, Bytes> boxes = new HashMap<>();
    List<DrmSignaling> made =
        SignalingGenerator.generate(
            new SignalingRequest(
                "asset",
                scheme,
                EnumSet.of(DrmSystem.WIDEVINE, DrmSystem.PLAYREADY, DrmSystem.CLEARKEY),
                List.of(KEY),
                SignalingSettings.DEFAULT));
    for (DrmSignaling entry : made) {
      Bytes box = Objects.requireNonNull(entry.pssh());
      boxes.put(PsshBox.parse(box.toArray()).systemId(), box);
    }
    return boxes;
  }

  private static List<Path> mp4Files(String folder) throws IOException {
    try (Stream<Path> files = Files.walk(Vectors.shared("packaging/" + folder))) {
      return files
          .filter(file -> file.toString().endsWith(".mp4") || file.toString().endsWith(".m4s"))
          .sorted()
          .toList();
    }
  }

  private static List<byte[]> psshBoxes(Path file) throws IOException {
    List<byte[]> found = new ArrayList<>();
    BoxReader in = new BoxReader(Files.readAllBytes(file), 0);
    while (in.hasRemaining()) {
      BoxReader.Box top = in.box();
      if (top.name().equals("moov") || top.name().equals("moof")) {
        while (top.body().hasRemaining()) {
          BoxReader.Box child = top.body().box();
          if (child.type() == PsshBox.TYPE) {
            found.add(child.toBytes());
          }
        }
      }
    }
    return found;
  }
}
