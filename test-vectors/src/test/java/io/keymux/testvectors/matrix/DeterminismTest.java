package io.keymux.testvectors.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.packager.media.Layout;
import io.keymux.testvectors.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same inputs and keys give the same bytes, whatever the number of threads. */
class DeterminismTest {

  @ParameterizedTest
  @CsvSource({"CENC,SEGMENTS", "CENC,SINGLE_FILE", "CBCS,SEGMENTS", "CBCS,SINGLE_FILE"})
  void package_anyNumberOfWorkers_isByteIdentical(
      ProtectionScheme scheme, Layout layout, @TempDir Path work) throws Exception {
    Map<String, String> one = run(scheme, layout, 1, work.resolve("1"));

    assertThat(one).isNotEmpty().containsKeys("manifest.mpd", "master.m3u8", "keymux-report.json");
    assertThat(run(scheme, layout, 1, work.resolve("again"))).isEqualTo(one);
    assertThat(run(scheme, layout, 2, work.resolve("2"))).isEqualTo(one);
    assertThat(run(scheme, layout, 8, work.resolve("8"))).isEqualTo(one);
  }

  /** SHA-256 by path. */
  private static Map<String, String> run(
      ProtectionScheme scheme, Layout layout, int workers, Path folder) throws Exception {
    Packaged.run(
        Repository.sampleLadder(),
        new Packaged.Options(scheme, layout, KeyRule.PRESET1, workers),
        folder);
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(path).toString(), sha256(path));
      }
    }
    return files;
  }

  private static String sha256(Path file) throws Exception {
    return Bytes.copyOf(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)))
        .toHex();
  }
}
