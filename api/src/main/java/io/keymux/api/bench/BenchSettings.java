package io.keymux.api.bench;

import io.keymux.packager.media.Layout;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What to measure.
 *
 * @param peers that must be there, or null for those that are
 * @param rounds that count, at least 1
 * @param layouts at least one
 * @param only what the names of cases must contain; {@code cp} is always measured
 * @param jdks to run the command line with besides
 * @param loops how many times over the media of the inputs is packaged besides, each at least 2
 * @param targets to hold the figures against; the cases they need are measured besides
 */
public record BenchSettings(
    List<Path> inputs,
    @Nullable List<Peer> peers,
    int rounds,
    List<Layout> layouts,
    @Nullable Pattern only,
    List<Jdk> jdks,
    List<Integer> loops,
    @Nullable TargetSet targets) {

  public BenchSettings {
    inputs = List.copyOf(inputs);
    peers = peers == null ? null : List.copyOf(peers);
    layouts = List.copyOf(layouts);
    jdks = List.copyOf(jdks);
    loops = List.copyOf(loops);
  }

  boolean wants(Label label) {
    return label.equals(Label.FLOOR) || only == null || only.matcher(label.name()).find();
  }
}
