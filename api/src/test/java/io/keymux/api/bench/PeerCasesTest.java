package io.keymux.api.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.TrackType;
import io.keymux.packager.media.Layout;
import io.keymux.packager.tool.ToolFinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command lines, not the programs. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class PeerCasesTest {
  private static final BenchInputs INPUTS =
      new BenchInputs(
          List.of(Path.of("/v.mp4"), Path.of("/a.mp4")),
          List.of(
              new BenchInputs.Stream(0, 1, TrackType.VIDEO),
              new BenchInputs.Stream(1, 1, TrackType.AUDIO)),
          1,
          1);

  @TempDir Path temp;
  private final List<String> notes = new ArrayList<>();

  @Test
  void shaka_bothLayouts_differInTheStreamsOnly() throws Exception {
    program("packager");
    Map<String, String> environment = Map.of("SHAKA_PACKAGER", temp.toString());

    List<BenchCase> segments = cases(environment, Peer.SHAKA, Layout.SEGMENTS);
    List<BenchCase> single = cases(environment, Peer.SHAKA, Layout.SINGLE_FILE);

    assertThat(segments.get(0).commands().get(0))
        .contains(
            "in=/v.mp4,stream=video,init_segment=out/t0/init.mp4,"
                + "segment_template=out/t0/$Number$.m4s,playlist_name=t0.m3u8 "
                + "in=/a.mp4,stream=audio,init_segment=out/t1/init.mp4",
            "--protection_scheme cenc",
            "--iv " + TestKey.IV8 + " ");
    assertThat(single.get(3).commands().get(0))
        .contains(
            "in=/v.mp4,stream=video,output=out/t0.mp4,playlist_name=t0.m3u8 ",
            "--protection_scheme cbcs",
            "--iv " + TestKey.IV16 + " ",
            " --io_cache_size 4194304 --io_block_size 262144")
        .doesNotContain(TestKey.KEY);
  }

  @Test
  void bento4_segments_runsItsScriptWithHlsForCbcsOnly() throws Exception {
    program("bin/mp4fragment");
    program("bin/mp4encrypt");
    program("utils/mp4-dash.py");
    Path python = program("python3");
    Map<String, String> environment =
        Map.of("BENTO4_HOME", temp.toString(), "PYTHON", python.toString());

    List<BenchCase> cases = cases(environment, Peer.BENTO4, Layout.SEGMENTS);

    assertThat(cases).extracting(c -> c.label().program()).containsOnly(Label.MP4DASH);
    assertThat(cases.get(0).commands()).hasSize(3);
    assertThat(cases.get(0).commands().get(2))
        .contains(
            "utils/mp4-dash.py -f -o out/dash --exec-dir " + temp.resolve("bin"),
            "--use-segment-timeline --encryption-cenc-scheme cenc --encryption-key ***",
            "out/0.f.mp4 out/1.f.mp4");
    assertThat(cases.get(1).commands().get(2)).contains("--hls --encryption-cenc-scheme cbcs");
    assertThat(notes).isEmpty();
  }

  @Test
  void bento4_withoutItsScript_isANoteForSegmentsAndWorksForASingleFile() throws Exception {
    program("mp4fragment");
    program("mp4encrypt");
    Map<String, String> environment = Map.of("BENTO4_HOME", temp.toString());

    assertThat(cases(environment, Peer.BENTO4, Layout.SEGMENTS)).isEmpty();
    assertThat(notes).singleElement().asString().contains("mp4-dash.py");
    assertThat(cases(environment, Peer.BENTO4, Layout.SINGLE_FILE)).hasSize(2);
  }

  @Test
  void gpac_bothLayouts_differInTheProfile() throws Exception {
    program("gpac");
    Map<String, String> environment = Map.of("GPAC", temp.toString());

    assertThat(cases(environment, Peer.GPAC, Layout.SEGMENTS).get(1).commands().get(0))
        .contains("-i /v.mp4 -i /a.mp4 cecrypt:cfile=" + temp.resolve("gpac-cbcs.xml"))
        .endsWith("-o out/m.mpd:profile=live:segdur=6:dual:muxtype=mp4");
    assertThat(cases(environment, Peer.GPAC, Layout.SINGLE_FILE).get(0).commands().get(0))
        .endsWith("-o out/m.mpd:profile=onDemand:segdur=6:dual:muxtype=mp4");
  }

  @Test
  void ffmpeg_segments_hasNoCase() throws Exception {
    program("ffmpeg");
    Map<String, String> environment = Map.of("FFMPEG", temp.toString());

    assertThat(cases(environment, Peer.FFMPEG, Layout.SEGMENTS)).isEmpty();
    assertThat(cases(environment, Peer.FFMPEG, Layout.SINGLE_FILE).get(0).commands()).hasSize(2);
  }

  @Test
  void aes128_bento4AndFfmpeg_encryptSegmentsOfSixSeconds() throws Exception {
    program("bin/mp4fragment");
    program("utils/mp4-hls.py");
    Map<String, String> environment =
        Map.of(
            "BENTO4_HOME", temp.toString(),
            "PYTHON", program("python3").toString(),
            "FFMPEG", program("ffmpeg").toString());
    Aes128Cases cases =
        new Aes128Cases(new PeerSetup(INPUTS, new ToolFinder(environment, null), temp));

    assertThat(cases.of(Peer.BENTO4, notes).get(0).commands())
        .singleElement()
        .asString()
        .contains("utils/mp4-hls.py --exec-dir " + temp.resolve("bin") + " -o out/hls ")
        .contains("--segment-duration 6 --encryption-mode AES-128")
        .endsWith("--encryption-key *** /v.mp4 /a.mp4");
    assertThat(cases.of(Peer.FFMPEG, notes).get(0).commands())
        .hasSize(2)
        .allMatch(c -> c.contains("-f hls -hls_time 6 ") && c.contains("-hls_key_info_file"));
    assertThat(Files.readAllLines(temp.resolve("hls.keyinfo")).get(1))
        .isEqualTo(temp.resolve("hls.key").toString());
    assertThat(cases.of(Peer.GPAC, notes)).isEmpty();
    assertThat(notes).isEmpty();
    Files.delete(temp.resolve("utils/mp4-hls.py"));
    assertThat(cases.of(Peer.BENTO4, notes)).isEmpty();
    assertThat(notes).singleElement().asString().contains("mp4-hls.py");
  }

  private List<BenchCase> cases(Map<String, String> environment, Peer peer, Layout layout)
      throws InterruptedException {
    PeerSetup setup = new PeerSetup(INPUTS, new ToolFinder(environment, null), temp);
    return new PeerCases(setup).of(peer, layout, notes);
  }

  private Path program(String name) throws IOException {
    Path file = temp.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
