package io.keymux.api.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProviderOrderTest {
  private static final List<String> USUAL = List.of("SunRsaSign", "SunEC", "SunJSSE", "SunJCE");
  private final List<String> before = order();

  @AfterEach
  void restore() {
    set(before);
  }

  @Test
  void ciphersFirst_usualOrder_asksForCiphersSecond() {
    set(USUAL);

    ProviderOrder.ciphersFirst();

    assertThat(Security.getProperty("security.provider.1")).isEqualTo("SUN");
    assertThat(order()).containsExactly("SunJCE", "SunRsaSign", "SunEC", "SunJSSE");
  }

  @Test
  void ciphersFirst_anotherOrder_leavesIt() {
    List<String> own = List.of("SunEC", "SunRsaSign", "SunJSSE", "SunJCE");
    set(own);

    ProviderOrder.ciphersFirst();

    assertThat(order()).isEqualTo(own);
  }

  /** Otherwise the order would decide whose implementation is taken. */
  @Test
  void movedProviders_haveNoAlgorithmInCommon() {
    Map<String, String> owners = new TreeMap<>();
    for (String name : USUAL) {
      for (Provider.Service service : Security.getProvider(name).getServices()) {
        String algorithm = service.getType() + "." + service.getAlgorithm();
        assertThat(owners.put(algorithm, name)).as(algorithm + " of " + name).isNull();
      }
    }
    assertThat(owners).containsEntry("Cipher.AES", "SunJCE");
  }

  private static List<String> order() {
    return List.of(
        Security.getProperty("security.provider.2"),
        Security.getProperty("security.provider.3"),
        Security.getProperty("security.provider.4"),
        Security.getProperty("security.provider.5"));
  }

  private static void set(List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      Security.setProperty("security.provider." + (i + 2), names.get(i));
    }
  }
}
