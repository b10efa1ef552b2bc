package io.keymux.cpix.signaling;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.FourCc;
import io.keymux.cpix.box.MalformedBoxException;
import io.keymux.cpix.box.PsshBox;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Tells what initialization data is and what it says: pssh boxes, an MP4 file with some, a
 * PlayReady object, a WRMHEADER, or bare Widevine data.
 */
public final class PsshInspector {
  private static final int MOOV = FourCc.of("moov");
  private static final int MOOF = FourCc.of("moof");

  /** What an MP4 file or segment starts with. */
  private static final Set<Integer> FILE_STARTS =
      Set.of(
          MOOV,
          MOOF,
          FourCc.of("ftyp"),
          FourCc.of("styp"),
          FourCc.of("sidx"),
          FourCc.of("emsg"),
          FourCc.of("prft"),
          FourCc.of("free"));

  private PsshInspector() {}

  /**
   * Describes {@code input}. Cost: linear in its size, and a few times its size in memory.
   *
   * @return one description for each pssh box in order of appearance, or one of what else it is
   * @throws MalformedBoxException if boxes do not fit together
   * @throws MalformedSignalingException if it is a damaged PlayReady object or WRMHEADER, or, with
   *     code {@code unreadable-pssh-input}, none of all this
   */
  public static List<PsshDescription> inspect(byte[] input) {
    int type = input.length < 8 ? 0 : ByteBuffer.wrap(input).getInt(4);
    if (type == PsshBox.TYPE) {
      return PsshBox.parseAll(input).stream().map(PsshDescriber::box).toList();
    }
    if (FILE_STARTS.contains(type)) {
      return file(input);
    }
    if (startsWith(input, '<', 0)) {
      PlayReadyHeader header = PlayReadyHeader.parse(PlayReadyObject.text(Bytes.copyOf(input)));
      return List.of(PsshDescriber.header(header));
    }
    if (startsWith(input, '<')) {
      String xml = new String(input, StandardCharsets.UTF_8);
      return List.of(PsshDescriber.header(PlayReadyHeader.parse(xml)));
    }
    if (saysItsLength(input)) {
      return List.of(PsshDescriber.object(PlayReadyObject.parse(input)));
    }
    return List.of(PsshDescriber.widevine(widevine(input)));
  }

  /** The pssh boxes in moov and in every moof, which is where they may stand. */
  private static List<PsshDescription> file(byte[] file) {
    List<PsshDescription> found = new ArrayList<>();
    BoxReader in = new BoxReader(file, 0);
    while (in.hasRemaining()) {
      BoxReader.Box top = in.box();
      boolean holder = top.type() == MOOV || top.type() == MOOF;
      while (holder && top.body().hasRemaining()) {
        BoxReader.Box child = top.body().box();
        if (child.type() == PsshBox.TYPE) {
          found.add(PsshDescriber.box(PsshBox.parse(child.toBytes(), child.offset())));
        }
      }
    }
    if (found.isEmpty()) {
      throw MalformedSignalingException.input("The MP4 has no pssh box in moov or moof.");
    }
    return List.copyOf(found);
  }

  private static boolean saysItsLength(byte[] input) {
    return input.length >= 6
        && ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN).getInt(0) == input.length;
  }

  /** Almost any few bytes are some protobuf message, so it also has to say something known. */
  private static WidevinePsshData widevine(byte[] input) {
    try {
      WidevinePsshData data = WidevinePsshData.parse(input);
      if (!data.kids().isEmpty() || data.contentId() != null || data.provider() != null) {
        return data;
      }
    } catch (MalformedSignalingException e) {
      throw unrecognized(input, e.problem());
    }
    throw unrecognized(input, "As Widevine data it has no KID, provider or content id.");
  }

  private static MalformedSignalingException unrecognized(byte[] input, String detail) {
    return MalformedSignalingException.input(
        "The %d bytes are not DRM initialization data. %s".formatted(input.length, detail));
  }

  private static boolean startsWith(byte[] input, int... prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if (input.length <= i || input[i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }
}
