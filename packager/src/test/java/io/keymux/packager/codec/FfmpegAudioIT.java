package io.keymux.packager.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.TrackType;
import io.keymux.packager.input.FileSource;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.isobmff.MovieReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sample entries as a muxer writes them, ISO and QuickTime. */
class FfmpegAudioIT {
  @TempDir Path directory;

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "alac.mp4, 2, 44100, -c:a alac, alac",
    "alac.mov, 6, 48000, -c:a alac, alac",
    "alac-24.mp4, 1, 96000, -c:a alac -sample_fmt s32p, alac",
    "dts.mp4, 2, 48000, -c:a dca -strict -2, mp4a.A9",
    "eac3.mp4, 6, 48000, -c:a eac3, ec-3",
    "eac3.mov, 2, 44100, -c:a eac3, ec-3",
    "ac3.mp4, 1, 32000, -c:a ac3, ac-3",
    "mp3-48.mp4, 2, 48000, -c:a libmp3lame, mp4a.6B",
    "aac.mp4, 8, 48000, -c:a aac, mp4a.40.2",
    "flac.mp4, 3, 88200, -c:a flac -strict -2, flac",
    "mp3.mp4, 2, 22050, -c:a libmp3lame, mp4a.69",
  })
  void read_muxedFile_codecsChannelsRate(
      String file, int channels, int rate, String options, String codecs)
      throws IOException, InterruptedException {
    PeerTool ffmpeg = PeerTool.find("FFMPEG", "ffmpeg");
    List<String> arguments = new ArrayList<>(List.of("-v", "error", "-f", "lavfi", "-i"));
    arguments.addAll(List.of("anoisesrc=duration=0.3", "-ac", "" + channels, "-ar", "" + rate));
    arguments.addAll(List.of(options.split(" ", -1)));
    arguments.add(file);
    ffmpeg.run(directory, arguments);

    try (MediaSource source = FileSource.open(directory.resolve(file))) {
      TrackCodec codec =
          CodecReader.read(MovieReader.read(source).tracks().get(0).entry(), TrackType.AUDIO);

      assertThat(codec)
          .isEqualTo(new TrackCodec(codecs, 0, 0, VideoRange.SDR, false, channels, rate, null));
    }
  }
}
