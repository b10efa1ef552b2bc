package io.keymux.packager.ts;

import io.keymux.cpix.Bytes;
import io.keymux.packager.isobmff.SampleTable;
import io.keymux.packager.plan.SegmentPlan;
import io.keymux.packager.plan.TrackPlan;
import io.keymux.packager.plan.TrackSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A rendition with everything that its segments share; several threads read it. */
final class RenditionPlan {
  private final TsRendition rendition;
  private final TsProgram program;
  private final List<TrackClock> clocks;
  private final List<List<Integer>> counters;

  private RenditionPlan(TsRendition rendition, TsProgram program, List<TrackClock> clocks) {
    this.rendition = rendition;
    this.program = program;
    this.clocks = clocks;
    this.counters = new ArrayList<>();
  }

  /**
   * Reads the first bytes of each track.
   *
   * @throws io.keymux.cpix.DrmException if a codec cannot be carried, or not with this protection
   */
  static RenditionPlan of(TsRendition rendition) {
    List<TrackPlan> tracks = rendition.tracks();
    List<ElementaryStream> streams = tracks.stream().map(RenditionPlan::stream).toList();
    if (rendition.packedAudio() && streams.get(0).codec().packedExtension() == null) {
      throw TsCodec.notInTs("Track " + rendition.name() + " is video, and as packed audio it");
    }
    TsProgram program = new TsProgram(streams);
    if (rendition.protection().method() == SegmentProtection.Method.SAMPLE_AES) {
      program.pmt(true); // refuses what cannot be said, before any work
    }
    RenditionPlan plan =
        new RenditionPlan(rendition, program, tracks.stream().map(TrackClock::new).toList());
    for (int track = 0; track < tracks.size(); track++) {
      plan.counters.add(plan.countersOf(track));
    }
    return plan;
  }

  TsRendition rendition() {
    return rendition;
  }

  TsProgram program() {
    return program;
  }

  TrackClock clock(int track) {
    return clocks.get(track);
  }

  /** Continuity counters with which a segment begins, one for each track. */
  List<Integer> counters(int segment) {
    return counters.stream().map(c -> c.get(segment)).toList();
  }

  /** Of a segment, as its file has it. */
  int number(int segment) {
    return rendition.tracks().get(0).firstNumber() + segment;
  }

  /** Of its files, without a dot. */
  String extension() {
    return rendition.packedAudio()
        ? Objects.requireNonNull(program.streams().get(0).codec().packedExtension())
        : "ts";
  }

  /** The segment of a track, or null behind its last. */
  @org.jspecify.annotations.Nullable SegmentPlan segment(int track, int segment) {
    List<SegmentPlan> segments = rendition.tracks().get(track).segments();
    return segment < segments.size() ? segments.get(segment) : null;
  }

  /** Where decoding of the segments behind this one begins, on the 90 kHz clock. */
  long decodeEnd(int segment) {
    int stream = program.clockStream();
    SegmentPlan clockSegment = segment(stream, segment);
    if (clockSegment != null) {
      return clocks.get(stream).decodeTicks(clockSegment.endSample());
    }
    long end = 0;
    for (int track = 0; track < rendition.tracks().size(); track++) {
      SegmentPlan plan = segment(track, segment);
      end = plan == null ? end : Math.max(end, clocks.get(track).decodeTicks(plan.endSample()));
    }
    return end;
  }

  private List<Integer> countersOf(int track) {
    ElementaryStream stream = program.streams().get(track);
    boolean counted = !stream.codec().isVideo() && !rendition.packedAudio();
    SampleTable samples = rendition.tracks().get(track).source().media().samples();
    List<Integer> first = new ArrayList<>();
    int counter = 0;
    for (int s = 0; s < rendition.segments(); s++) {
      first.add(counter);
      SegmentPlan segment = segment(track, s);
      if (counted && segment != null) {
        AudioCounter packets = new AudioCounter(stream, program.clockStream() == track);
        for (int i = segment.firstSample(); i < segment.endSample(); i++) {
          packets.add(clocks.get(track).timing(i, i + 1 == segment.endSample()), samples.size(i));
        }
        counter = (counter + packets.packets()) % TsPackets.COUNTERS;
      }
    }
    return first;
  }

  private static ElementaryStream stream(TrackPlan plan) {
    TrackSource source = plan.source();
    SampleTable samples = source.media().samples();
    byte[] start = new byte[Math.min(AudioSetup.AC3_BYTES, samples.size(0))];
    source.source().read(samples.offset(0), start, 0, start.length);
    return ElementaryStream.of(source.media().entry(), Bytes.copyOf(start));
  }
}
