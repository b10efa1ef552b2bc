package io.keymux.packager.plan;

import io.keymux.cpix.Track;
import io.keymux.cpix.TrackType;
import io.keymux.packager.isobmff.MediaTrack;
import io.keymux.packager.isobmff.SampleTable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tracks for trick play: the sync samples of a video, each shown until the next. They have the key
 * of the video.
 *
 * @see "DASH-IF IOP 4.3, 3.2.9 Adaptation Set for trick modes"
 */
public final class TrickPlay {
  private static final String SUFFIX = "-trick";

  private TrickPlay() {}

  /**
   * The same tracks, and behind them one for each video that has other samples than sync samples
   * and starts with one.
   */
  public static List<TrackSource> with(List<TrackSource> sources) {
    List<TrackSource> all = new ArrayList<>(sources);
    for (TrackSource source : sources) {
      MediaTrack pictures =
          source.media().type() == TrackType.VIDEO ? pictures(source.media()) : null;
      if (pictures != null) {
        all.add(
            new TrackSource(
                track(source.track(), pictures),
                source.details().picturesOf(source.track()),
                pictures,
                source.codec(),
                source.source(),
                source.fingerprint()));
      }
    }
    return List.copyOf(all);
  }

  private static @Nullable MediaTrack pictures(MediaTrack video) {
    SampleTable samples = video.samples();
    if (!samples.isSync(0) || samples.syncCount() == samples.count()) {
      return null;
    }
    SampleTable table = syncSamples(samples);
    return table == null ? null : video.with(video.edit(), table);
  }

  /** Null if sync samples are not shown in the order in which they are decoded. */
  private static @Nullable SampleTable syncSamples(SampleTable samples) {
    int count = samples.syncCount();
    long[] offsets = new long[count];
    int[] sizes = new int[count];
    long[] times = new long[count + 1];
    int[] composition = new int[samples.hasCompositionOffsets() ? count : 0];
    int shift = samples.compositionOffset(0);
    int to = 0;
    for (int i = 0; to < count; i++) {
      if (!samples.isSync(i)) {
        continue;
      }
      offsets[to] = samples.offset(i);
      sizes[to] = samples.size(i);
      times[to] = samples.presentationTime(i) - shift;
      if (to > 0 && times[to] <= times[to - 1]) {
        return null;
      }
      if (composition.length > 0) {
        composition[to] = shift;
      }
      to++;
    }
    times[count] = Math.max(times[count - 1] + 1, samples.decodeTime(samples.count()));
    BitSet sync = new BitSet(count);
    sync.set(0, count);
    return new SampleTable(offsets, sizes, times, composition, sync);
  }

  private static Track track(Track main, MediaTrack pictures) {
    SampleTable samples = pictures.samples();
    double seconds =
        (double) (samples.decodeTime(samples.count()) - samples.decodeTime(0))
            / pictures.timescale();
    String name = main.name() + SUFFIX;
    Set<String> labels =
        Stream.concat(main.labels().stream(), Stream.of(name)).collect(Collectors.toSet());
    return new Track(
        name,
        main.type(),
        labels,
        main.language(),
        main.codecs(),
        (long) Math.ceil(samples.totalBytes() * 8 / seconds),
        main.width(),
        main.height(),
        samples.count() / seconds,
        main.hdr(),
        main.wcg(),
        0,
        0);
  }
}
