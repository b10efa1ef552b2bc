package io.keymux.api.bench;

import io.keymux.cpix.DrmSystem;
import io.keymux.packager.tool.Tool;
import io.keymux.packager.tool.ToolCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * HLS with whole segments of 6 s encrypted. The peers write MPEG-TS; none of those that we know
 * encrypts fragmented MP4 so.
 */
final class Aes128Cases {
  /** Where a playlist says that the key is. */
  private static final String KEY_URI = "https://keys.example/1";

  private final PeerSetup setup;

  Aes128Cases(PeerSetup setup) {
    this.setup = setup;
  }

  /** Ours, in both containers. */
  static List<BenchCase> own(BenchInputs inputs, ColdCli cli) {
    return List.of(
        cli.packaging(inputs, Label.AES_128_TS, arguments("ts")),
        cli.packaging(inputs, Label.AES_128_FMP4, arguments("fmp4")));
  }

  private static List<String> arguments(String container) {
    return List.of(
        "--drm",
        DrmSystem.AES_128.id(),
        "--key-uri",
        KEY_URI,
        "--container",
        container,
        "--verify",
        "none");
  }

  /**
   * @param notes gets a line for what cannot be measured
   * @throws io.keymux.packager.tool.ToolException if a program of the peer is not there
   */
  List<BenchCase> of(Peer peer, List<String> notes) throws InterruptedException {
    return switch (peer) {
      case BENTO4 -> bento4(notes);
      case FFMPEG -> List.of(ffmpeg());
      case SHAKA, GPAC -> List.of();
    };
  }

  private List<BenchCase> bento4(List<String> notes) throws InterruptedException {
    Path programs = Optional.ofNullable(setup.require(Tool.MP4FRAGMENT).getParent()).orElseThrow();
    Optional<Path> script = Bento4Cases.script(programs, "mp4-hls.py");
    Optional<Path> python = Python.interpreter(setup.finder());
    if (script.isEmpty() || python.isEmpty()) {
      notes.add(
          "Left out: %s. It needs python3 on PATH and utils/mp4-hls.py in BENTO4_HOME."
              .formatted(Label.MP4HLS.program()));
      return List.of();
    }
    return List.of(
        new ToolCase(
            Label.MP4HLS,
            setup.inputs(),
            out -> {
              ToolCommand command =
                  setup
                      .command(python.get())
                      .args(script.get().toString(), "--exec-dir", programs.toString())
                      .args("-o", out.resolve("hls").toString(), "--segment-duration", "6")
                      .args("--encryption-mode", "AES-128", "--encryption-key-uri", KEY_URI)
                      .args("--encryption-key")
                      .secretArg(TestKey.KEY);
              setup.inputs().files().forEach(file -> command.args(file.toString()));
              return List.of(command);
            }));
  }

  private BenchCase ffmpeg() {
    Path program = setup.require(Tool.FFMPEG);
    Path keys = keyInfo();
    return new ToolCase(
        Label.FFMPEG_HLS,
        setup.inputs(),
        out -> {
          List<ToolCommand> commands = new ArrayList<>();
          for (int i = 0; i < setup.inputs().files().size(); i++) {
            commands.add(
                setup
                    .command(program)
                    .args("-nostdin", "-v", "error", "-i")
                    .args(setup.inputs().files().get(i).toString(), "-map", "0", "-c", "copy")
                    .args("-f", "hls", "-hls_time", "6", "-hls_playlist_type", "vod")
                    .args("-hls_key_info_file", keys.toString(), "-hls_segment_filename")
                    .args(out.resolve(i + "-%d.ts").toString())
                    .args(out.resolve(i + ".m3u8").toString()));
          }
          return commands;
        });
  }

  /** It takes its key from a file, so this one test key of all is written to one. */
  private Path keyInfo() {
    Path key = setup.work().resolve("hls.key");
    Path info = setup.work().resolve("hls.keyinfo");
    try {
      Files.write(key, HexFormat.of().parseHex(TestKey.KEY));
      return Files.writeString(info, KEY_URI + "\n" + key + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
