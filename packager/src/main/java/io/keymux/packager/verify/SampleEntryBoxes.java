package io.keymux.packager.verify;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.FourCc;
import io.keymux.packager.verify.TrackBoxes.Entry;
import io.keymux.packager.verify.TrackBoxes.Protection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one sample entry with its {@code sinf}. Not thread-safe; one use. */
final class SampleEntryBoxes {
  private static final int VISUAL_FIELDS = 78;
  private static final int AUDIO_FIELDS = 28;
  private static final Set<String> AUDIO =
      Set.of("enca", "mp4a", "ac-3", "ec-3", "ac-4", "Opus", "fLaC", "alac", "dtsc", "dtse");

  private String format;
  private int nalLengthSize;
  private Bytes codecConfig = Bytes.empty();
  private String scheme = "";
  private @Nullable Protection tenc;

  private SampleEntryBoxes(String format) {
    this.format = format;
  }

  static Entry read(BoxReader.Box entry) {
    SampleEntryBoxes boxes = new SampleEntryBoxes(entry.name());
    BoxReader body = entry.body();
    int fields = AUDIO.contains(entry.name()) ? AUDIO_FIELDS : VISUAL_FIELDS;
    if (body.remaining() >= fields) {
      body.skip(fields);
      boxes.children(body);
    }
    Protection found = boxes.tenc;
    return new Entry(
        boxes.format,
        boxes.nalLengthSize,
        boxes.codecConfig,
        found == null
            ? null
            : new Protection(
                boxes.scheme,
                found.isProtected(),
                found.ivSize(),
                found.keyId(),
                found.cryptBlocks(),
                found.skipBlocks(),
                found.constantIv()));
  }

  private void children(BoxReader in) {
    while (in.remaining() >= 8) {
      BoxReader.Box box = in.box();
      BoxReader body = box.body();
      switch (box.name()) {
        case "avcC" -> codecConfig(body, 4);
        case "hvcC" -> codecConfig(body, 21);
        case "sinf", "schi" -> children(body);
        case "frma" -> format = FourCc.name(body.i32());
        case "schm" -> {
          body.skip(4);
          scheme = FourCc.name(body.i32());
        }
        case "tenc" -> tenc = tenc(body);
        default -> {}
      }
    }
  }

  /** Both records end a byte with lengthSizeMinusOne. */
  private void codecConfig(BoxReader in, int lengthSizeAt) {
    byte[] config = in.bytes(in.remaining(), "decoder configuration");
    if (config.length <= lengthSizeAt) {
      throw in.malformed("decoder configuration of " + config.length + " bytes");
    }
    nalLengthSize = (config[lengthSizeAt] & 3) + 1;
    codecConfig = Bytes.copyOf(config);
  }

  private static Protection tenc(BoxReader in) {
    long version = in.u32() >>> 24;
    in.skip(1);
    int pattern = in.u8();
    boolean isProtected = in.u8() == 1;
    int ivSize = in.u8();
    KeyId keyId = KeyId.ofBytes(in.bytes(KeyId.SIZE_BYTES, "default_KID"));
    Bytes constantIv = null;
    if (isProtected && ivSize == 0) {
      constantIv = Bytes.copyOf(in.bytes(in.u8(), "constant IV"));
    }
    return new Protection(
        "",
        isProtected,
        ivSize,
        keyId,
        version == 0 ? 0 : pattern >>> 4,
        version == 0 ? 0 : pattern & 0xf,
        constantIv);
  }
}
