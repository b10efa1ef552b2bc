package io.keymux.packager.ts;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.box.BoxWriter;
import io.keymux.cpix.box.FourCc;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The streams of one transport stream: video, audio, or both. The first video carries the clock,
 * else the first stream.
 */
public final class TsProgram {
  private static final int FIRST_PID = 0x100;
  private static final int REGISTRATION = 5;
  private static final int PRIVATE_DATA_INDICATOR = 15;
  private static final String AUDIO_SETUP = "apad";

  /** The PMT of a segment with encrypted samples differs: players look at its version. */
  private static final int SAMPLE_AES_VERSION = 1;

  private static final int MAX_SECTION_BYTES = TsPackets.PAYLOAD_BYTES - 1;

  private final List<ElementaryStream> streams;
  private final int clockStream;

  /**
   * @param streams at least one
   */
  public TsProgram(List<ElementaryStream> streams) {
    this.streams = List.copyOf(streams);
    int clock = 0;
    for (int i = streams.size() - 1; i >= 0; i--) {
      clock = streams.get(i).codec().isVideo() ? i : clock;
    }
    this.clockStream = clock;
  }

  List<ElementaryStream> streams() {
    return streams;
  }

  int pid(int stream) {
    return FIRST_PID + stream;
  }

  int clockStream() {
    return clockStream;
  }

  /**
   * @throws io.keymux.cpix.DrmException with code {@code sample-aes-not-defined} if a codec has no
   *     SAMPLE-AES, or {@code codec-not-in-ts} if the table has no room for a configuration
   */
  byte[] pmt(boolean sampleAes) {
    List<Psi.Stream> entries = new ArrayList<>();
    for (int i = 0; i < streams.size(); i++) {
      ElementaryStream stream = streams.get(i);
      Bytes descriptors = sampleAes ? protectedDescriptors(stream) : clearDescriptors(stream);
      entries.add(new Psi.Stream(stream.codec().streamType(sampleAes), pid(i), descriptors));
    }
    byte[] pmt = Psi.pmt(entries, pid(clockStream), sampleAes ? SAMPLE_AES_VERSION : 0);
    if (pmt.length > MAX_SECTION_BYTES) {
      throw TsCodec.notInTs("A program whose map table has " + pmt.length + " bytes");
    }
    return pmt;
  }

  private static Bytes clearDescriptors(ElementaryStream stream) {
    BoxWriter out = new BoxWriter(16);
    String registration = stream.codec().registration();
    if (registration != null) {
      descriptor(out, REGISTRATION, registration, new byte[0]);
    }
    return Bytes.copyOf(out.toByteArray());
  }

  private static Bytes protectedDescriptors(ElementaryStream stream) {
    stream.requireSampleAes();
    BoxWriter out = new BoxWriter(64);
    String indicator = Objects.requireNonNull(stream.codec().privateData());
    descriptor(out, PRIVATE_DATA_INDICATOR, indicator, new byte[0]);
    byte[] setup = stream.audioSetup();
    if (setup != null) {
      descriptor(out, REGISTRATION, AUDIO_SETUP, setup);
    }
    return Bytes.copyOf(out.toByteArray());
  }

  private static void descriptor(BoxWriter out, int tag, String fourCc, byte[] rest) {
    out.u8(tag).u8(4 + rest.length).u32(FourCc.of(fourCc) & 0xffffffffL).bytes(rest);
  }
}
