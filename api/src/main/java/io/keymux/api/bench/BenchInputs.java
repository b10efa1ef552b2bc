package io.keymux.api.bench;

import io.keymux.cpix.TrackType;
import io.keymux.packager.job.JobInput;
import io.keymux.packager.plan.OpenInputs;
import io.keymux.packager.plan.TrackSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What cases read.
 *
 * @param files in the order of the command line, absolute
 * @param streams their tracks, video first
 * @param bytes of all files, times {@code loops}
 * @param loops how many times over a case reads the media: 1, or more for a {@link LoopedMovie}
 */
record BenchInputs(List<Path> files, List<Stream> streams, long bytes, int loops) {

  /**
   * A track.
   *
   * @param file its place among the inputs, from 0
   * @param trackId as in the file
   */
  record Stream(int file, int trackId, TrackType type) {}

  BenchInputs {
    files = List.copyOf(files);
    streams = List.copyOf(streams);
  }

  /**
   * Probes the files.
   *
   * @throws io.keymux.cpix.DrmException if one cannot be packaged
   */
  static BenchInputs open(List<Path> inputs) {
    List<Path> files = inputs.stream().map(path -> path.toAbsolutePath().normalize()).toList();
    List<Stream> streams = new ArrayList<>();
    long bytes = 0;
    try (OpenInputs open = OpenInputs.open(files.stream().map(JobInput::of).toList())) {
      for (TrackSource track : open.tracks()) {
        int file = files.indexOf(Path.of(track.source().name()));
        streams.add(new Stream(file, track.media().trackId(), track.media().type()));
      }
    }
    for (Path file : files) {
      bytes += file.toFile().length();
    }
    return new BenchInputs(files, streams, bytes, 1);
  }

  /**
   * The same media, several times over: new files in {@code folder} as large as these.
   *
   * @param times at least 2
   * @throws io.keymux.cpix.DrmException if a file cannot be looped or written
   */
  BenchInputs looped(int times, Path folder) {
    List<Path> longer = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      Path target = folder.resolve("loop%d-%d.mp4".formatted(times, i));
      LoopedMovie.write(files.get(i), times, target);
      longer.add(target);
    }
    return new BenchInputs(longer, streams, bytes * times, times);
  }

  /** The tracks of one file. */
  List<Stream> streams(int file) {
    return streams.stream().filter(stream -> stream.file() == file).toList();
  }

  /** Reads everything once, so that the page cache holds it. */
  void warmPageCache() {
    byte[] buffer = new byte[1 << 20];
    for (Path file : files) {
      try (InputStream in = Files.newInputStream(file)) {
        int read = in.read(buffer);
        while (read >= 0) {
          read = in.read(buffer);
        }
      } catch (IOException e) {
        // The cases will say what is wrong with it.
      }
    }
  }
}
