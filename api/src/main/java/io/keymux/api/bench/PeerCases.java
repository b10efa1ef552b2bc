package io.keymux.api.bench;

import io.keymux.cpix.TrackType;
import io.keymux.packager.tool.Tool;
import io.keymux.packager.tool.ToolCommand;
import io.keymux.packager.tool.ToolFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command lines of other packagers for the same task: encrypt, cut at 6 s, write manifests. */
final class PeerCases {
  private static final List<String> SCHEMES = List.of("cenc", "cbcs");

  /** The flags with which it was found to be fastest: smaller ring buffers, larger steps. */
  private static final String[] SHAKA_TUNED = {
    "--io_cache_size", "4194304", "--io_block_size", "262144"
  };

  private final BenchInputs inputs;
  private final ToolFinder finder;
  private final Path work;

  /**
   * @param work for configuration files and the peers' own settings
   */
  PeerCases(BenchInputs inputs, ToolFinder finder, Path work) {
    this.inputs = inputs;
    this.finder = finder;
    this.work = work;
  }

  /**
   * @throws io.keymux.packager.tool.ToolException if a program of it is not there
   */
  List<BenchCase> of(Peer peer) {
    peer.tools().forEach(finder::require);
    List<BenchCase> cases = new ArrayList<>();
    switch (peer) {
      case SHAKA -> {
        SCHEMES.forEach(scheme -> cases.add(shaka("Shaka Packager, " + scheme, scheme)));
        SCHEMES.forEach(
            scheme ->
                cases.add(shaka("Shaka Packager, tuned I/O, " + scheme, scheme, SHAKA_TUNED)));
      }
      case BENTO4 -> SCHEMES.forEach(scheme -> cases.add(bento4(scheme)));
      case GPAC -> SCHEMES.forEach(scheme -> cases.add(gpac(scheme)));
      case FFMPEG -> cases.add(ffmpeg());
    }
    return cases;
  }

  private BenchCase shaka(String name, String scheme, String... more) {
    Path program = finder.require(Tool.SHAKA_PACKAGER);
    return new ToolCase(
        name,
        out -> {
          ToolCommand command = ToolCommand.of(program).args("--quiet");
          for (int i = 0; i < inputs.streams().size(); i++) {
            command.args(shakaStream(inputs.streams().get(i), "t" + i, out));
          }
          command
              .args("--enable_raw_key_encryption", "--keys")
              .secretArg("label=:key_id=" + TestKey.KID + ":key=" + TestKey.KEY)
              .args("--protection_scheme", scheme, "--protection_systems", "Widevine,PlayReady")
              .args("--clear_lead", "0", "--iv")
              .args(scheme.equals("cbcs") ? TestKey.IV16 : TestKey.IV8)
              .args("--segment_duration", "6", "--mpd_output", out.resolve("m.mpd").toString())
              .args("--hls_master_playlist_output", out.resolve("m.m3u8").toString())
              .args(more);
          return List.of(command);
        });
  }

  private String shakaStream(BenchInputs.Stream stream, String name, Path out) {
    List<BenchInputs.Stream> file = inputs.streams(stream.file());
    boolean alone = file.stream().filter(s -> s.type() == stream.type()).count() == 1;
    String selector =
        !alone
            ? Integer.toString(stream.trackId() - 1)
            : stream.type() == TrackType.VIDEO ? "video" : "audio";
    return "in=%s,stream=%s,init_segment=%s,segment_template=%s,playlist_name=%s.m3u8"
        .formatted(
            inputs.files().get(stream.file()),
            selector,
            out.resolve(name).resolve("init.mp4"),
            out.resolve(name).resolve("$Number$.m4s"),
            name);
  }

  /** No segments and no manifests: its packaging script needs Python and is slower still. */
  private BenchCase bento4(String scheme) {
    Path fragment = finder.require(Tool.MP4FRAGMENT);
    Path encrypt = finder.require(Tool.MP4ENCRYPT);
    boolean cbcs = scheme.equals("cbcs");
    return new ToolCase(
        "Bento4 mp4fragment + mp4encrypt, no manifest, " + scheme,
        out -> {
          List<ToolCommand> commands = new ArrayList<>();
          for (int i = 0; i < inputs.files().size(); i++) {
            String fragmented = out.resolve(i + ".f.mp4").toString();
            commands.add(
                ToolCommand.of(fragment)
                    .args("--fragment-duration", "6000", inputs.files().get(i).toString())
                    .args(fragmented));
            ToolCommand command =
                ToolCommand.of(encrypt).args("--method", cbcs ? "MPEG-CBCS" : "MPEG-CENC");
            for (BenchInputs.Stream stream : inputs.streams(i)) {
              command
                  .args("--key")
                  .secretArg(stream.trackId() + ":" + TestKey.KEY + ":" + TestKey.IV16)
                  .args("--property", stream.trackId() + ":KID:" + TestKey.KID);
            }
            commands.add(command.args(fragmented, out.resolve(i + ".mp4").toString()));
          }
          return commands;
        });
  }

  private BenchCase gpac(String scheme) {
    Path program = finder.require(Tool.GPAC);
    Path configuration = GpacConfiguration.write(work, scheme, inputs.streams());
    return new ToolCase(
        "GPAC, one pass, " + scheme,
        out -> {
          ToolCommand command = ToolCommand.of(program).environment("HOME", work.toString());
          inputs.files().forEach(file -> command.args("-i", file.toString()));
          return List.of(
              command
                  .args("cecrypt:cfile=" + configuration, "-o")
                  .args(out.resolve("m.mpd") + ":profile=live:segdur=6:dual:muxtype=mp4"));
        });
  }

  /** It knows cenc only, writes no fragments here, and no manifests. */
  private BenchCase ffmpeg() {
    Path program = finder.require(Tool.FFMPEG);
    return new ToolCase(
        "ffmpeg, progressive, no manifest, cenc",
        out -> {
          List<ToolCommand> commands = new ArrayList<>();
          for (int i = 0; i < inputs.files().size(); i++) {
            commands.add(
                ToolCommand.of(program)
                    .args("-nostdin", "-v", "error", "-i", inputs.files().get(i).toString())
                    .args("-map", "0", "-c", "copy", "-encryption_scheme", "cenc-aes-ctr")
                    .args("-encryption_key")
                    .secretArg(TestKey.KEY)
                    .args(
                        "-encryption_kid", TestKey.KID, "-y", out.resolve(i + ".mp4").toString()));
          }
          return commands;
        });
  }
}
