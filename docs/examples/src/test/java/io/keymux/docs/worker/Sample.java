package io.keymux.docs.worker;

import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.SeedKeys;
import java.nio.file.Path;
import java.util.List;

/** The movie that all examples package. */
public final class Sample {
  /** Of a seed that everybody knows. */
  public static final KeyExchange KEYS = SeedKeys.of(SecretBytes.copyOf(new byte[32]));

  private static final Path LADDER =
      Path.of(System.getProperty("keymux.root", ".."))
          .resolve("test-vectors/vectors/sample-ladder")
          .toAbsolutePath();

  private Sample() {}

  public static MovieOrder order(Path output) {
    return new MovieOrder(
        "my-movie",
        List.of(
            LADDER.resolve("video-360p.mp4").toString(),
            LADDER.resolve("audio-stereo.mp4").toString()),
        output.toString());
  }

  /** An order that no attempt can carry out. */
  public static MovieOrder impossible(Path output) {
    return new MovieOrder("my-movie", List.of("no-such-movie.mp4"), output.toString());
  }
}
