package io.keymux.packager.verify.ts;

import io.keymux.cpix.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads one segment of packed audio: an ID3 tag with its time, and frames.
 *
 * @see "RFC 8216, 3.4 Packed Audio; ID3v2.4.0"
 */
public final class PackedAudioReader {
  private static final int HEADER_BYTES = 10;
  private static final String TIMESTAMP = "com.apple.streaming.transportStreamTimestamp";
  private static final String AUDIO_DESCRIPTION = "com.apple.streaming.audioDescription";

  private PackedAudioReader() {}

  /**
   * What a segment holds.
   *
   * @param pts of the first frame, or -1 if no tag says it
   * @param setup of encrypted audio, or null
   * @param frames behind the tag
   */
  public record PackedAudio(long pts, @Nullable Bytes setup, Bytes frames) {}

  public static PackedAudio read(String name, byte[] data, TsProblems problems) {
    if (data.length < HEADER_BYTES || data[0] != 'I' || data[1] != 'D' || data[2] != '3') {
      problems.problem("id3-missing", name, "no ID3 tag in front");
      return new PackedAudio(-1, null, Bytes.copyOf(data));
    }
    int end = Math.min(data.length, HEADER_BYTES + synchsafe(data, 6));
    long pts = -1;
    Bytes setup = null;
    int at = HEADER_BYTES;
    while (end - at > HEADER_BYTES) {
      int size = synchsafe(data, at + 4);
      int next = at + HEADER_BYTES + size;
      if (size == 0 || next > end) {
        problems.problem("id3-malformed", name, "a frame of " + size + " bytes");
        break;
      }
      ByteArrayOutputStream owner = new ByteArrayOutputStream();
      int from = at + HEADER_BYTES;
      while (from < next && data[from] != 0) {
        owner.write(data[from++]);
      }
      byte[] content = Arrays.copyOfRange(data, Math.min(from + 1, next), next);
      String name4 = owner.toString(StandardCharsets.ISO_8859_1);
      if (name4.equals(TIMESTAMP) && content.length == Long.BYTES) {
        pts = ByteBuffer.wrap(content).getLong();
      } else if (name4.equals(AUDIO_DESCRIPTION)) {
        setup = Bytes.copyOf(content);
      }
      at = next;
    }
    if (pts < 0 || pts >= ClockCheck.WRAP) {
      problems.problem("id3-timestamp", name, "no timestamp of 33 bits");
      pts = -1;
    }
    return new PackedAudio(pts, setup, Bytes.copyOf(Arrays.copyOfRange(data, end, data.length)));
  }

  /** Seven bits in each byte. */
  private static int synchsafe(byte[] data, int at) {
    int size = 0;
    for (int i = at; i < at + 4; i++) {
      size = (size << 7) | (data[i] & 0x7f);
    }
    return size;
  }
}
