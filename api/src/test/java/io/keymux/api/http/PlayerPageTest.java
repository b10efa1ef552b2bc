package io.keymux.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages that the jar holds. */
class PlayerPageTest {
  @RegisterExtension static final TestService service = new TestService();

  @ParameterizedTest
  @CsvSource({
    "/,text/html",
    "/player,text/html",
    "/web/player.js,text/javascript",
    "/web/index.js,text/javascript",
    "/web/keymux.css,text/css",
    "/web/vendor/shaka-player/shaka-player.compiled.js,text/javascript",
    "/web/vendor/shaka-player/LICENSE,text/plain"
  })
  void page_each_isServedUnderAStrictPolicy(String path, String type) {
    HttpResponse<String> page = service.get(path);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith(type);
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'self'")
        .doesNotContain("unsafe");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
  }

  @Test
  void packedPlayer_isThePinnedVersion() {
    assertThat(service.get("/web/vendor/shaka-player/shaka-player.compiled.js").body())
        .contains("v5.2.12");
  }

  @Test
  void pages_holdNothingInline() {
    for (String path : new String[] {"/", "/player"}) {
      assertThat(service.get(path).body())
          .doesNotContain("<style")
          .doesNotContain(" style=")
          .doesNotContain("onclick")
          .doesNotContainPattern("<script(?![^>]*src=)");
    }
  }
}
