package io.keymux.packager.verify;

import static io.keymux.packager.verify.OutputEdits.find;
import static io.keymux.packager.verify.OutputEdits.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.KeyId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Changes the encrypted init segment of an output, whose key URI names the KID. */
final class InitEdits {
  private static final Pattern LINE =
      Pattern.compile("/([0-9a-f-]{36})\",IV=0x([0-9a-f]{32})\n#EXT-X-MAP");

  private InitEdits() {}

  /** Writes it as it was before encryption. */
  static void clear(Path output) throws IOException {
    Path init = find(output, "VIDEO/init.mp4");
    Files.write(init, decrypt(output, init));
  }

  /** Encrypts it with another IV, which the playlist names. */
  static void encrypt(Path output, Bytes iv) throws IOException {
    Path init = find(output, "VIDEO/init.mp4");
    byte[] clear = decrypt(output, init);
    Files.write(init, cipher(Cipher.ENCRYPT_MODE, line(output).group(1), iv, clear));
    text("VIDEO/media.m3u8", "IV=0x[0-9a-f]{32}\n#EXT-X-MAP", "IV=0x" + iv + "\n#EXT-X-MAP")
        .apply(output);
  }

  private static byte[] decrypt(Path output, Path init) throws IOException {
    Matcher line = line(output);
    return cipher(
        Cipher.DECRYPT_MODE, line.group(1), Bytes.ofHex(line.group(2)), Files.readAllBytes(init));
  }

  private static Matcher line(Path output) throws IOException {
    Matcher line = LINE.matcher(Files.readString(find(output, "VIDEO/media.m3u8")));
    assertThat(line.find()).isTrue();
    return line;
  }

  private static byte[] cipher(int mode, String keyId, Bytes iv, byte[] data) {
    try {
      byte[] key = TestKeys.key(KeyId.parse(keyId)).reveal();
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv.toArray()));
      return cipher.doFinal(data);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
