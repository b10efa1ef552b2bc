package io.keymux.packager.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.keymux.cpix.ProtectionScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that Shaka Packager 3.4.2 encrypted: its subsamples are ours. */
class RecordedAv1Test {

  @ParameterizedTest
  @EnumSource(names = {"CENC", "CBCS"})
  void subsamples_shakaOutput_same(ProtectionScheme scheme) throws IOException {
    String name = "shaka-generated/" + scheme.fourCc() + ".av1.video.mp4";
    Path file = Path.of(System.getProperty("keymux.vectors"), "packaging", name);
    assumeTrue(Files.exists(file), () -> "no third-party vectors: " + name);

    assertThat(Av1Comparison.assertSame(new EncryptedFile(file), scheme))
        .isGreaterThanOrEqualTo(48);
  }
}
