package io.keymux.testvectors.oracle;

import io.keymux.testvectors.judge.KeyRing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Bento4's decrypter as an oracle. No registry has it, so it is only used where it is present. */
public final class Mp4decrypt {
  private static final Tool TOOL =
      Tool.find(
          "mp4decrypt",
          "MP4DECRYPT",
          false,
          "mp4decrypt",
          Optional.ofNullable(System.getenv("BENTO4_HOME")).orElse("bento4") + "/bin/mp4decrypt");

  private Mp4decrypt() {}

  public static boolean isPresent() {
    return TOOL.isPresent();
  }

  /** Decrypts all tracks of {@code joined} into {@code out}. */
  public static void decrypt(Path joined, Path out, KeyRing keys) throws IOException {
    List<String> arguments = new ArrayList<>();
    keys.toMap().forEach((id, key) -> arguments.addAll(List.of("--key", id.toHex() + ":" + key)));
    arguments.addAll(List.of(joined.toString(), out.toString()));
    Tool.Outcome outcome = TOOL.run(null, arguments);
    if (outcome.exit() != 0) {
      throw new IOException("mp4decrypt ended with " + outcome.exit() + ": " + outcome.errors());
    }
  }
}
