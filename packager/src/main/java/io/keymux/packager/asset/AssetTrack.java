package io.keymux.packager.asset;

import io.keymux.packager.job.JobInput;
import io.keymux.packager.media.PlaybackPolicy;
import io.keymux.packager.verify.manifest.DescribedTrack;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A track of a presentation.
 *
 * @param parts what follows one init segment each, in order of time
 */
record AssetTrack(List<DescribedTrack> parts) {
  AssetTrack {
    parts = List.copyOf(parts);
  }

  String id() {
    return parts.get(0).choice().id();
  }

  /** Whether it is for winding alone. */
  boolean trickPlay() {
    return parts.get(0).choice().trickPlay();
  }

  /** The init segments, or the files that begin with them. */
  List<Path> inits() {
    return parts.stream().map(part -> part.init().file()).toList();
  }

  /** Its files as one input, with what the manifest says of it. */
  JobInput input() {
    Set<Path> distinct = new LinkedHashSet<>();
    for (DescribedTrack part : parts) {
      distinct.add(part.init().file());
      part.segments().forEach(segment -> distinct.add(segment.piece().file()));
    }
    List<Path> files = List.copyOf(distinct);
    JobInput input =
        files.size() == 1
            ? JobInput.of(files.get(0))
            : JobInput.segments(files.get(0), files.subList(1, files.size()));
    return input.named(null, null, parts.get(0).choice().selection(), PlaybackPolicy.NONE);
  }
}
