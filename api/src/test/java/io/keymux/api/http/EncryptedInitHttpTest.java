package io.keymux.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A job with encrypted init segments, read as a player does: playlist, key, init segment. */
class EncryptedInitHttpTest {
  @RegisterExtension static final TestService service = new TestService();
  private static final Pattern LINE =
      Pattern.compile(
          """
          #EXT-X-KEY:METHOD=AES-128,URI="([^"]*)",IV=0x([0-9a-f]{32})
          #EXT-X-MAP:URI="init.mp4"
          #EXT-X-KEY:METHOD=AES-128,URI="([^"]*)"
          """);

  @Test
  void job_encryptInit_isOpenedByTheKeyThatStandsBeforeTheMap() throws Exception {
    JsonNode job =
        service.run(
            """
            {"input":%s,
             "protection":{"systems":["aes-128"],"contentId":"encrypted-init"},
             "packaging":{"encryptInit":true}}
            """
                .formatted(TestService.input("audio-stereo.mp4")));
    assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("succeeded");
    String folder = "/media/" + job.path("id").asText() + "/audio-2ch/";

    Matcher line = LINE.matcher(service.get(folder + "media.m3u8").body());
    assertThat(line.find()).isTrue();
    assertThat(line.group(1)).isEqualTo(line.group(3));
    byte[] key = bytes(URI.create(line.group(1)).getPath());
    byte[] iv = HexFormat.of().parseHex(line.group(2));
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
    byte[] init = cipher.doFinal(bytes(folder + "init.mp4"));

    assertThat(Arrays.copyOfRange(init, 4, 8)).isEqualTo("ftyp".getBytes(StandardCharsets.UTF_8));
    assertThat(bytes(folder + "init.mp4").length % 16).isZero();
  }

  private static byte[] bytes(String path) {
    HttpResponse<byte[]> response =
        service.send(service.request(path), HttpResponse.BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }
}
