package io.keymux.packager;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.keymux.packager.input.SegmentPattern;
import io.keymux.packager.job.JobInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A track of the sample ladder as clear segments of two seconds, to be packaged again. */
public final class ClearSegments {
  private final Path folder;

  private ClearSegments(Path folder) {
    this.folder = folder;
  }

  /**
   * @param output that does not exist yet
   */
  public static ClearSegments video(Path output) throws InterruptedException {
    Keymux.packager()
        .keys(SampleJob.KEYS)
        .run(SampleJob.small(output).clearTrack("video-360p").build());
    return new ClearSegments(output.resolve("video-360p"));
  }

  public JobInput input() {
    return JobInput.segments(
        folder.resolve("init.mp4"), SegmentPattern.files(folder.resolve("seg-*.m4s")));
  }

  public byte[] init() throws IOException {
    return Files.readAllBytes(folder.resolve("init.mp4"));
  }

  /** The segments themselves, in order. */
  public List<byte[]> segments() throws IOException {
    List<byte[]> segments = new ArrayList<>();
    for (Path file : SegmentPattern.files(folder.resolve("seg-*.m4s"))) {
      segments.add(Files.readAllBytes(file));
    }
    return segments;
  }

  /** Puts a box before the first {@code moof} of a segment, counted from 1. */
  public void insert(int segment, byte[] box) throws IOException {
    Path file = folder.resolve("seg-" + segment + ".m4s");
    byte[] before = Files.readAllBytes(file);
    int at = new String(before, ISO_8859_1).indexOf("moof") - 4;
    byte[] after = new byte[before.length + box.length];
    System.arraycopy(before, 0, after, 0, at);
    System.arraycopy(box, 0, after, at, box.length);
    System.arraycopy(before, at, after, at + box.length, before.length - at);
    Files.write(file, after);
  }
}
