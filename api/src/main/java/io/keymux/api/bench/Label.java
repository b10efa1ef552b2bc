package io.keymux.api.bench;

import io.keymux.cpix.ProtectionScheme;
import io.keymux.packager.media.Layout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a case is called, in parts, so that a target can find the cases it compares.
 *
 * @param program with its variant: {@code Shaka Packager, tuned I/O}
 * @param scheme null for what encrypts nothing
 * @param layout null for what packages nothing
 */
record Label(String program, @Nullable ProtectionScheme scheme, @Nullable Layout layout) {

  /** A plain copy: what the disk and the kernel need at least. */
  static final Label FLOOR = new Label("cp", null, null);

  /** The same with encryption, in this JVM. */
  static final Label RAW_FLOOR = new Label("read + AES + write in process", null, null);

  static final String WARM = "Keymux, warm in process";
  static final String COLD = "Keymux, cold CLI";
  static final String SHAKA = "Shaka Packager";
  static final String SHAKA_TUNED = "Shaka Packager, tuned I/O";
  static final String MP4ENCRYPT = "Bento4 mp4fragment + mp4encrypt, no manifest";
  static final String MP4DASH = "Bento4 mp4fragment + mp4dash";
  static final String GPAC = "GPAC";
  static final String FFMPEG = "ffmpeg, progressive, no manifest";

  private static final String IN_TS = "AES-128 in MPEG-TS";
  static final Label AES_128_TS = new Label(COLD, null, null).with(IN_TS);
  static final Label AES_128_FMP4 = new Label(COLD, null, null).with("AES-128 in fragmented MP4");
  static final Label MP4HLS = new Label("Bento4 mp4hls", null, null).with(IN_TS);
  static final Label FFMPEG_HLS = new Label("ffmpeg", null, null).with(IN_TS);

  /** Unique in a run: {@code Shaka Packager, tuned I/O, cbcs, single file}. */
  String name() {
    List<String> parts = new ArrayList<>(List.of(program));
    if (scheme != null) {
      parts.add(scheme.fourCc());
    }
    if (layout != null) {
      parts.add(layout == Layout.SEGMENTS ? "segments" : "single file");
    }
    return String.join(", ", parts);
  }

  /** The same scheme and layout by another program. */
  Label by(String otherProgram) {
    return new Label(otherProgram, scheme, layout);
  }

  /** The same program and scheme with another layout. */
  Label as(Layout otherLayout) {
    return new Label(program, scheme, otherLayout);
  }

  /** A variant of the program: {@code Keymux, cold CLI, JDK 25}. */
  Label with(String variant) {
    return new Label(program + ", " + variant, scheme, layout);
  }
}
