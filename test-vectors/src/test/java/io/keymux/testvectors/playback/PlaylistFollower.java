package io.keymux.testvectors.playback;

import io.keymux.testvectors.judge.JudgedSample;
import io.keymux.testvectors.judge.JudgedTrack;
import io.keymux.testvectors.judge.KeyRing;
import io.keymux.testvectors.judge.ReferenceDecryptor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Follows a media playlist while its window moves on: every segment, with its init segment. */
final class PlaylistFollower {
  private final Path playlist;
  private final Map<String, String> initOfSegment = new LinkedHashMap<>();

  PlaylistFollower(Path playlist) {
    this.playlist = playlist;
  }

  /** Reads the playlist as it is now. */
  void look() throws IOException {
    if (!Files.exists(playlist)) {
      return;
    }
    String init = "";
    for (String line : Files.readAllLines(playlist)) {
      if (line.startsWith("#EXT-X-MAP:")) {
        init = line.replaceAll(".*URI=\"([^\"]*)\".*", "$1");
      } else if (!line.startsWith("#")) {
        initOfSegment.put(line, init);
      }
    }
  }

  int segments() {
    return initOfSegment.size();
  }

  long inits() {
    return initOfSegment.values().stream().distinct().count();
  }

  /** What all segments decrypt to, one behind the other. */
  String streamHash(KeyRing keys) throws IOException {
    Map<String, ByteArrayOutputStream> parts = new LinkedHashMap<>();
    for (Map.Entry<String, String> segment : initOfSegment.entrySet()) {
      if (!parts.containsKey(segment.getValue())) {
        parts.put(segment.getValue(), new ByteArrayOutputStream());
        parts.get(segment.getValue()).writeBytes(read(segment.getValue()));
      }
      parts.get(segment.getValue()).writeBytes(read(segment.getKey()));
    }
    List<JudgedSample> samples = new ArrayList<>();
    for (ByteArrayOutputStream part : parts.values()) {
      samples.addAll(ReferenceDecryptor.decrypt(part.toByteArray(), keys).get(0).samples());
    }
    return new JudgedTrack(1, "", "", samples).streamHash();
  }

  private byte[] read(String name) throws IOException {
    return Files.readAllBytes(playlist.resolveSibling(name));
  }
}
