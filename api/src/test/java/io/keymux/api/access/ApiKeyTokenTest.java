package io.keymux.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTokenTest {
  private static final String SECRET = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

  @Test
  void hash_knownSecret_isItsSha256() {
    // printf %s SECRET | sha256sum
    assertThat(ApiKeyToken.read("kmx_abcdefghij234_" + SECRET).orElseThrow().hash())
        .isEqualTo("ea866a757e4c38babfa8127cbe9a409d3e1f93a00ff1488ff735fcf917afffd0");
  }

  @Test
  void generate_many_areReadableAndDifferent() {
    SecureRandom random = new SecureRandom();
    Set<String> ids = new HashSet<>();
    Set<String> hashes = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      ApiKeyToken token = ApiKeyToken.generate(random);
      ApiKeyToken read = ApiKeyToken.read(token.text()).orElseThrow();
      assertThat(read.id()).isEqualTo(token.id()).matches(ApiKeyToken::isId);
      assertThat(read.hash()).isEqualTo(token.hash());
      assertThat(token.toString()).doesNotContain(token.text().substring(18));
      ids.add(token.id());
      hashes.add(token.hash());
    }
    assertThat(ids).hasSize(1000);
    assertThat(hashes).hasSize(1000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "kmx_",
        "kmx_abcdefghij234_",
        "kmx_abcdefghij234_" + SECRET + "A",
        "kmx_abcdefghij234_" + SECRET + "\n",
        "kmx_abcdefghij18_" + SECRET,
        "KMX_abcdefghij234_" + SECRET,
        "abcdefghij234_" + SECRET,
      })
  void read_anotherForm_isEmpty(String text) {
    assertThat(ApiKeyToken.read(text)).isEmpty();
  }
}
