package io.keymux.packager.plan;

import io.keymux.cpix.Track;
import io.keymux.packager.codec.TrackCodec;
import io.keymux.packager.isobmff.MediaTrack;
import io.keymux.packager.isobmff.SampleTable;
import io.keymux.packager.job.JobInput;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Gives tracks names that are unique in a job and safe as folder names: {@code video-720p}. */
final class TrackNamer {
  private static final double USUAL_SHARE = 0.9;

  private final Set<String> taken = new HashSet<>();

  Track name(JobInput input, MediaTrack media, TrackCodec codec) {
    String language = input.language() == null ? media.language() : input.language();
    String name = unique(base(media, codec, language));
    Set<String> labels = new HashSet<>();
    labels.add(name);
    if (input.label() != null) {
      labels.add(input.label());
    }
    return new Track(
        name,
        media.type(),
        labels,
        language,
        codec.codecs(),
        bitrate(media),
        codec.width(),
        codec.height(),
        switch (media.type()) {
          case VIDEO -> frameRate(media);
          case AUDIO, TEXT -> 0;
        },
        codec.hdr(),
        codec.wcg(),
        codec.channels(),
        codec.sampleRate());
  }

  /** A name for images of thumbnails; they are no track to key rules. */
  String thumbnails(int height) {
    return unique("thumbnails-" + height + "p");
  }

  private static String base(MediaTrack media, TrackCodec codec, String language) {
    String spoken = language.equals("und") ? "" : "-" + language;
    return switch (media.type()) {
      case VIDEO -> "video-" + codec.height() + "p";
      case AUDIO -> "audio" + spoken + "-" + codec.channels() + "ch";
      case TEXT -> "text" + spoken;
    };
  }

  private String unique(String base) {
    String name = base;
    for (int n = 2; !taken.add(name); n++) {
      name = base + "-" + n;
    }
    return name;
  }

  private static long bitrate(MediaTrack media) {
    SampleTable samples = media.samples();
    long ticks = samples.decodeTime(samples.count()) - samples.decodeTime(0);
    return ticks == 0
        ? 0
        : (long) Math.ceil(samples.totalBytes() * 8.0 * media.timescale() / ticks);
  }

  /**
   * The rate at which nearly all frames follow each other: a cut with a longer frame must not bend
   * it. Where durations vary, as in timescales that round each, the average.
   */
  private static double frameRate(MediaTrack media) {
    SampleTable samples = media.samples();
    long[] durations = new long[samples.count()];
    for (int i = 0; i < durations.length; i++) {
      durations[i] = samples.duration(i);
    }
    long median = Arrays.stream(durations).sorted().toArray()[durations.length / 2];
    long usual = Arrays.stream(durations).filter(d -> d == median).count();
    if (median > 0 && usual >= durations.length * USUAL_SHARE) {
      return (double) media.timescale() / median;
    }
    long total = samples.decodeTime(samples.count()) - samples.decodeTime(0);
    return total == 0 ? 0 : (double) samples.count() * media.timescale() / total;
  }
}
