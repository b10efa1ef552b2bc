package io.keymux.packager.verify.ts;

import io.keymux.packager.codec.AacCore;
import io.keymux.packager.codec.NalCodec;
import io.keymux.packager.input.FileSource;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.isobmff.SampleEntry;
import io.keymux.packager.plan.SegmentPlan;
import io.keymux.packager.plan.TrackPlan;
import io.keymux.packager.ts.HlsSegmentKey;
import io.keymux.packager.ts.SegmentProtection.Method;
import io.keymux.packager.ts.TsOutput;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds a rendition that was written against its input: every segment is read back and decrypted,
 * every sample compared.
 */
public final class TsOutputCheck {
  private final TsOutput output;
  private final Path folder;
  private final TsProblems problems;
  private final List<FrameCheck> checks = new ArrayList<>();
  private boolean sampleAes;

  private TsOutputCheck(TsOutput output, Path folder, TsProblems problems) {
    this.output = output;
    this.folder = folder;
    this.problems = problems;
    for (TrackPlan track : output.rendition().tracks()) {
      checks.add(check(track, problems));
    }
  }

  /**
   * Checks all segments. The inputs must still be open.
   *
   * @param folder that holds the output's files
   * @return samples that were equal to those of the inputs
   */
  public static long check(TsOutput output, Path folder, TsProblems problems) {
    TsOutputCheck check = new TsOutputCheck(output, folder, problems);
    TsReader reader = new TsReader(problems, check::pes);
    for (int s = 0; s < output.segments().size(); s++) {
      check.segment(s, reader);
    }
    return check.checks.stream().mapToLong(FrameCheck::compared).sum();
  }

  private static FrameCheck check(TrackPlan track, TsProblems problems) {
    SourceFrames source = new SourceFrames(track);
    String format = track.source().media().entry().format();
    NalCodec nal = track.source().codec().nal();
    if (nal != null) {
      return new VideoCheck(source, format.startsWith("h"), nal.lengthSize(), problems);
    }
    boolean mp3 = format.equals("mp4a") && AacCore.of(track.source().media().entry()) == null;
    return new AudioCheck(source, mp3 ? "mp3" : format, problems);
  }

  private void segment(int number, TsReader reader) {
    String name = output.segments().get(number).path();
    HlsSegmentKey key = output.rendition().protection().key(number);
    boolean whole = output.rendition().protection().method() == Method.AES_128;
    sampleAes = key != null && !whole;
    for (int track = 0; track < checks.size(); track++) {
      List<SegmentPlan> segments = output.rendition().tracks().get(track).segments();
      boolean present = number < segments.size();
      checks
          .get(track)
          .begin(
              name,
              present ? segments.get(number).firstSample() : 0,
              present ? segments.get(number).endSample() : 0,
              sampleAes ? new SampleAesDecryptor(Objects.requireNonNull(key)) : null);
    }
    try (MediaSource file = FileSource.open(folder.resolve(name))) {
      HlsSegmentKey fileKey = whole ? key : null;
      if (output.rendition().packedAudio()) {
        packed(name, file, fileKey);
      } else {
        reader.begin(name, false);
        SegmentBytes.read(file, fileKey, reader::read, problems);
        reader.end();
      }
    }
    checks.forEach(FrameCheck::end);
  }

  private void packed(String name, MediaSource file, @Nullable HlsSegmentKey key) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    SegmentBytes.read(file, key, data::write, problems);
    PackedAudioReader.PackedAudio audio =
        PackedAudioReader.read(name, data.toByteArray(), problems);
    checks.get(0).pes(new PesPacket(name, audio.pts(), audio.pts(), true, audio.frames()));
  }

  /** Streams stand in the PMT in the order of the tracks. */
  private void pes(TsStream stream, PesPacket packet) {
    int track = stream.index();
    if (track >= checks.size()) {
      problems.problem("ts-unknown-pid", packet.place(), "more streams than tracks");
      return;
    }
    int expected = streamType(output.rendition().tracks().get(track), sampleAes);
    if (stream.type() != expected) {
      problems.problem(
          "ts-stream-type",
          packet.place(),
          "stream_type 0x%02x where 0x%02x is right".formatted(stream.type(), expected));
    }
    checks.get(track).pes(packet);
  }

  private static int streamType(TrackPlan track, boolean sampleAes) {
    SampleEntry entry = track.source().media().entry();
    return switch (entry.format()) {
      case "avc1", "avc3" -> sampleAes ? 0xdb : 0x1b;
      case "hvc1", "hev1" -> 0x24;
      case "ac-3" -> sampleAes ? 0xc1 : 0x81;
      case "ec-3" -> sampleAes ? 0xc2 : 0x87;
      default -> AacCore.of(entry) == null ? 0x03 : sampleAes ? 0xcf : 0x0f;
    };
  }
}
