package io.keymux.api.startup;

import java.security.Security;
import java.util.List;

/** The order in which the JDK asks its security providers for an algorithm. */
public final class ProviderOrder {
  private static final List<String> USUAL = List.of("SunRsaSign", "SunEC", "SunJSSE", "SunJCE");
  private static final List<String> CIPHERS_FIRST =
      List.of("SunJCE", "SunRsaSign", "SunEC", "SunJSSE");
  private static final int FIRST_POSITION = 2;

  private ProviderOrder() {}

  /**
   * Asks the provider of ciphers before those that take long to load and have none. No two of these
   * have an algorithm in common, so the order decides nothing else; any other order than the JDK's
   * own is somebody's decision and stays.
   */
  public static void ciphersFirst() {
    for (int i = 0; i < USUAL.size(); i++) {
      if (!USUAL.get(i).equals(Security.getProperty(property(i)))) {
        return;
      }
    }
    for (int i = 0; i < CIPHERS_FIRST.size(); i++) {
      Security.setProperty(property(i), CIPHERS_FIRST.get(i));
    }
  }

  private static String property(int index) {
    return "security.provider." + (FIRST_POSITION + index);
  }
}
