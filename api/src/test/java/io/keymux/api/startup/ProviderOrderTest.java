package io.keymux.api.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The launcher's order of security providers, against the JDK's own. */
class ProviderOrderTest {
  private static final Path FILE =
      Path.of(System.getProperty("keymux.root"), "api/src/main/launcher/providers.security");

  @Test
  void order_isTheJdksWithTheCiphersBeforeTheOthers() throws Exception {
    Properties ours = new Properties();
    try (Reader in = Files.newBufferedReader(FILE)) {
      ours.load(in);
    }

    List<String> jdk = positions().mapToObj(ProviderOrderTest::jdk).toList();
    List<String> moved = positions().mapToObj(i -> ours.getProperty(property(i))).toList();

    assertThat(moved).startsWith("SunJCE").containsExactlyInAnyOrderElementsOf(jdk);
    assertThat(ours).hasSize(moved.size());
  }

  /** Otherwise the order would decide whose implementation is taken. */
  @Test
  void movedProviders_haveNoAlgorithmInCommon() {
    Map<String, String> owners = new TreeMap<>();
    for (String name : positions().mapToObj(ProviderOrderTest::jdk).toList()) {
      for (Provider.Service service : Security.getProvider(name).getServices()) {
        String algorithm = service.getType() + "." + service.getAlgorithm();
        assertThat(owners.put(algorithm, name)).as("%s of %s", algorithm, name).isNull();
      }
    }
    assertThat(owners).containsEntry("Cipher.AES", "SunJCE");
  }

  private static IntStream positions() {
    return IntStream.rangeClosed(2, 5);
  }

  private static String jdk(int position) {
    return Objects.requireNonNull(Security.getProperty(property(position)));
  }

  private static String property(int position) {
    return "security.provider." + position;
  }
}
