package io.keymux.packager.plan;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.Track;
import io.keymux.cpix.TrackType;
import io.keymux.packager.codec.SampleParser;
import io.keymux.packager.codec.SubsampleCodec;
import io.keymux.packager.codec.TrackCodec;
import io.keymux.packager.codec.VideoRange;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.isobmff.Display;
import io.keymux.packager.isobmff.EditList;
import io.keymux.packager.isobmff.MediaTrack;
import io.keymux.packager.isobmff.SampleEntry;
import io.keymux.packager.isobmff.SampleTable;
import io.keymux.packager.media.TrackDetails;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/** A track of made-up samples, one behind the other in a source that nobody reads. */
public final class FakeTrack {
  private final TrackType type;
  private final int timescale;
  private final int samples;
  private final int ticks;
  private String name;
  private String format;
  private String language = "und";
  private IntPredicate sync = i -> true;
  private IntUnaryOperator size = i -> 1000;
  private IntUnaryOperator compositionOffset = i -> 0;
  private IntUnaryOperator duration;
  private EditList edit = EditList.NONE;
  private long firstDecodeTime;
  private int height = 720;
  private int channels;
  private MediaSource source = new UnreadSource();
  private Bytes fingerprint = Bytes.copyOf(new byte[32]);

  private FakeTrack(String name, TrackType type, String format, int timescale, int n, int ticks) {
    this.name = name;
    this.type = type;
    this.format = format;
    this.timescale = timescale;
    this.samples = n;
    this.ticks = ticks;
    this.duration = i -> ticks;
    this.channels = type == TrackType.AUDIO ? 2 : 0;
  }

  /**
   * @param frames how many, {@code ticks} each
   * @param gop every how many a sync sample stands
   */
  public static FakeTrack video(int timescale, int frames, int ticks, int gop) {
    return new FakeTrack("video", TrackType.VIDEO, "avc1", timescale, frames, ticks)
        .sync(i -> i % gop == 0);
  }

  /** AAC at 48 kHz: as many frames of 1024 samples as fit. */
  public static FakeTrack audio(double seconds) {
    int frames = (int) Math.floor(seconds * 48_000 / 1024);
    return new FakeTrack("audio", TrackType.AUDIO, "mp4a", 48_000, frames, 1024);
  }

  public FakeTrack name(String value) {
    name = value;
    return this;
  }

  public FakeTrack format(String value) {
    format = value;
    return this;
  }

  public FakeTrack language(String value) {
    language = value;
    return this;
  }

  public FakeTrack sync(IntPredicate value) {
    sync = value;
    return this;
  }

  public FakeTrack size(IntUnaryOperator value) {
    size = value;
    return this;
  }

  public FakeTrack duration(IntUnaryOperator value) {
    duration = value;
    return this;
  }

  /** In frames, beside the decode time. */
  public FakeTrack compositionFrames(IntUnaryOperator value) {
    compositionOffset = i -> value.applyAsInt(i) * ticks;
    return this;
  }

  public FakeTrack edit(long delay, long mediaTime, long length) {
    edit = new EditList(delay, mediaTime, length);
    return this;
  }

  public FakeTrack firstDecodeTime(long value) {
    firstDecodeTime = value;
    return this;
  }

  public FakeTrack height(int value) {
    height = value;
    return this;
  }

  public FakeTrack channels(int value) {
    channels = value;
    return this;
  }

  public FakeTrack source(MediaSource value) {
    source = value;
    return this;
  }

  public FakeTrack fingerprint(String hex) {
    fingerprint = Bytes.ofHex(hex);
    return this;
  }

  MediaTrack media() {
    boolean video = type == TrackType.VIDEO;
    SampleEntry entry =
        new SampleEntry(
            format,
            Bytes.empty(),
            0,
            List.of(),
            video ? height * 16 / 9 : 0,
            video ? height : 0,
            channels,
            video ? 0 : timescale);
    return new MediaTrack(
        1,
        type,
        timescale,
        language,
        entry,
        Display.NONE,
        edit,
        table(),
        null,
        List.of(),
        List.of());
  }

  TrackCodec codec() {
    boolean video = type == TrackType.VIDEO;
    return new TrackCodec(
        video ? "avc1.64001f" : "mp4a.40.2",
        video ? height * 16 / 9 : 0,
        video ? height : 0,
        VideoRange.SDR,
        false,
        channels,
        video ? 0 : timescale,
        IN_BAND.contains(format) ? new InBand() : null);
  }

  private static final Set<String> IN_BAND = Set.of("avc3", "hev1", "dvhe", "dvav", "avc4");

  /** A codec that only one reader can follow through a segment. */
  private record InBand() implements SubsampleCodec {
    @Override
    public SampleParser newSampleParser() {
      return (data, offset, length, ranges) -> ranges.protectable(length);
    }

    @Override
    public boolean needsWholeSegment() {
      return true;
    }
  }

  public TrackSource build() {
    boolean video = type == TrackType.VIDEO;
    Track track =
        new Track(
            name,
            type,
            Set.of(name),
            language,
            codec().codecs(),
            1_000_000,
            video ? height * 16 / 9 : 0,
            video ? height : 0,
            video ? (double) timescale / ticks : 0,
            false,
            false,
            channels,
            video ? 0 : timescale);
    return new TrackSource(track, TrackDetails.PLAIN, media(), codec(), source, fingerprint);
  }

  private SampleTable table() {
    long[] offsets = new long[samples];
    int[] sizes = new int[samples];
    long[] times = new long[samples + 1];
    int[] compositionOffsets = new int[samples];
    BitSet syncs = new BitSet();
    long offset = 0;
    times[0] = firstDecodeTime;
    for (int i = 0; i < samples; i++) {
      offsets[i] = offset;
      sizes[i] = size.applyAsInt(i);
      offset += sizes[i];
      times[i + 1] = times[i] + duration.applyAsInt(i);
      compositionOffsets[i] = compositionOffset.applyAsInt(i);
      syncs.set(i, sync.test(i));
    }
    return new SampleTable(offsets, sizes, times, compositionOffsets, syncs);
  }

  private static final class UnreadSource implements MediaSource {
    @Override
    public String name() {
      return "fake.mp4";
    }

    @Override
    public long size() {
      return Long.MAX_VALUE;
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) {
      throw new AssertionError("planning reads no media");
    }

    @Override
    public void close() {}
  }
}
