package io.keymux.testvectors.live;

import io.keymux.testvectors.Repository;
import io.keymux.testvectors.oracle.Ffmpeg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What ffmpeg writes for a live stream, in the ways that its muxers know.
 *
 * @param name for test reports
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record LiveInput(String name, byte[] init, List<byte[]> segments) {
  private static final String VIDEO = "video-360p.mp4";
  private static final String AUDIO = "audio-stereo.mp4";

  /** The fragments of one video, of one audio, and of both in one file. */
  static List<LiveInput> hls(Path folder) throws IOException {
    return List.of(
        hls(folder.resolve("video"), List.of(VIDEO)),
        hls(folder.resolve("audio"), List.of(AUDIO)),
        hls(folder.resolve("both"), List.of(VIDEO, AUDIO)));
  }

  private static LiveInput hls(Path folder, List<String> inputs) throws IOException {
    Files.createDirectories(folder);
    List<String> arguments = new ArrayList<>();
    for (String input : inputs) {
      arguments.add("-i");
      arguments.add(Repository.file("test-vectors/vectors/sample-ladder/" + input).toString());
    }
    for (int i = 0; i < inputs.size(); i++) {
      arguments.addAll(List.of("-map", i + ":0"));
    }
    arguments.addAll(
        List.of("-c", "copy", "-f", "hls", "-hls_time", "2", "-hls_playlist_type", "vod"));
    arguments.addAll(List.of("-hls_segment_type", "fmp4", "-hls_fmp4_init_filename", "init.mp4"));
    arguments.add("-hls_segment_filename");
    arguments.add(folder.resolve("seg-%02d.m4s").toString());
    arguments.add(folder.resolve("p.m3u8").toString());
    Ffmpeg.write(arguments.toArray(String[]::new));
    return read("HLS " + inputs, folder);
  }

  /** A chunk for each frame, {@code prft} and {@code sidx} boxes. */
  static LiveInput lowLatency(Path folder) throws IOException {
    return dash(
        "a chunk each frame",
        folder,
        List.of("-frag_type", "every_frame", "-streaming", "1", "-write_prft", "1"));
  }

  /** One {@code sidx} before each segment. */
  static LiveInput indexed(Path folder) throws IOException {
    return dash(
        "indexed", folder, List.of("-format_options", "movflags=+dash", "-global_sidx", "0"));
  }

  private static LiveInput dash(String name, Path folder, List<String> options) throws IOException {
    Files.createDirectories(folder);
    List<String> arguments = new ArrayList<>();
    arguments.add("-i");
    arguments.add(Repository.file("test-vectors/vectors/sample-ladder/" + VIDEO).toString());
    arguments.addAll(List.of("-c", "copy", "-f", "dash", "-seg_duration", "2"));
    arguments.addAll(options);
    arguments.addAll(List.of("-init_seg_name", "init.mp4"));
    arguments.addAll(List.of("-media_seg_name", "seg-$Number%05d$.m4s"));
    arguments.add(folder.resolve("m.mpd").toString());
    Ffmpeg.write(arguments.toArray(String[]::new));
    return read(name, folder);
  }

  private static LiveInput read(String name, Path folder) throws IOException {
    List<byte[]> segments = new ArrayList<>();
    for (Path file : Repository.list(folder, ".m4s")) {
      segments.add(Files.readAllBytes(file));
    }
    return new LiveInput(name, Files.readAllBytes(folder.resolve("init.mp4")), segments);
  }

  @Override
  public String toString() {
    return name;
  }
}
