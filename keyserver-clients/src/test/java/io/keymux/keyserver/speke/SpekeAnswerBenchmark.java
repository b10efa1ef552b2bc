package io.keymux.keyserver.speke;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.VideoFilter;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.Track;
import io.keymux.cpix.TrackKeys;
import io.keymux.cpix.TrackType;
import io.keymux.cpix.UsageRule;
import io.keymux.cpix.xml.CpixReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What a SPEKE v2 answer costs before packaging can start: 8 video and 3 audio keys for three DRM
 * systems, parsed, held against the request, resolved to 11 tracks.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SpekeAnswerBenchmark {
  private static final int VIDEO_KEYS = 8;
  private static final int AUDIO_KEYS = 3;

  private KeyRequest request;
  private CpixDocument asked;
  private byte[] answer;
  private List<Track> tracks;

  @Setup
  public void make() {
    List<UsageRule> rules = new ArrayList<>();
    tracks = new ArrayList<>();
    for (int i = 1; i <= VIDEO_KEYS; i++) {
      String name = "video-" + i;
      VideoFilter filter = VideoFilter.pixels(i * 100_000L, i * 100_000L + 99_999);
      rules.add(new UsageRule(keyId(i), name, List.of(filter)));
      tracks.add(track(name, TrackType.VIDEO, i * 100, 1000, 0));
    }
    for (int i = 1; i <= AUDIO_KEYS; i++) {
      String name = "audio-" + i;
      rules.add(new UsageRule(keyId(100 + i), name, List.of(new AudioFilter(i, i))));
      tracks.add(track(name, TrackType.AUDIO, 0, 0, i));
    }
    request = Requests.of(rules, DrmSystem.WIDEVINE, DrmSystem.PLAYREADY, DrmSystem.FAIRPLAY);
    asked = new SpekeV2(SpekeVersion.V2_0).ask(request, List.of());
    answer = SpekeAnswer.to(request).getBytes(UTF_8);
  }

  @Benchmark
  public byte[] arrayCopy() {
    return answer.clone();
  }

  @Benchmark
  public TrackKeys readCheckAndResolve() {
    CpixDocument document =
        EchoCheck.check("keys.example", request, asked, CpixReader.read(answer));
    return TrackKeys.resolve(document, tracks, Set.of());
  }

  private static KeyId keyId(long number) {
    return new KeyId(new UUID(0x4000L, 0x8000_0000_0000_0000L | number));
  }

  private static Track track(String name, TrackType type, int width, int height, int channels) {
    return new Track(
        name, type, Set.of(name), "und", "", 1, width, height, 25, false, false, channels, 48_000);
  }
}
