package io.keymux.keyserver.tencent;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.keymux.cpix.KeyId;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * Puts into the body of an answer what only the request tells: {@code @SESSION@} becomes the
 * session key for the RSA key of the request.
 */
public final class TencentDouble implements ResponseTransformerV2 {
  public static final String SESSION_KEY = "5e55105e55105e55105e55105e551000";
  public static final String HD_KEY = "4d4d4d00112233445566778899aabbcc";
  public static final String AUDIO_KEY = "a0a0a000112233445566778899aabbcd";
  public static final String IV = "0102030405060708090a0b0c0d0e0f10";
  public static final KeyId HD = KeyId.parse("4d000000-1111-4222-8333-000000000001");
  public static final KeyId AUDIO = KeyId.parse("a0000000-1111-4222-8333-000000000002");

  @Override
  public String getName() {
    return "session";
  }

  @Override
  public Response transform(Response response, ServeEvent event) {
    return Response.Builder.like(response)
        .but()
        .body(filled(response.getBodyAsString(), event.getRequest().getBody()))
        .build();
  }

  /** With the session key for whoever sent {@code body}. */
  public static String filled(String answer, byte[] body) {
    try {
      JsonNode request = new ObjectMapper().readTree(body);
      return answer
          .replace("@SESSION@", wrapped(request, HexFormat.of().parseHex(SESSION_KEY)))
          .replace("@SHORT@", wrapped(request, new byte[15]));
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String wrapped(JsonNode request, byte[] key)
      throws IOException, GeneralSecurityException {
    Cipher rsa = Cipher.getInstance("RSA/ECB/PKCS1Padding");
    rsa.init(Cipher.ENCRYPT_MODE, publicKey(request.get("RsaPublicKey").textValue()));
    return Base64.getEncoder().encodeToString(rsa.doFinal(key));
  }

  private static PublicKey publicKey(String base64) throws GeneralSecurityException {
    String pem = new String(Base64.getDecoder().decode(base64), US_ASCII);
    String body =
        pem.replace("-----BEGIN PUBLIC KEY-----\n", "").replace("-----END PUBLIC KEY-----\n", "");
    return KeyFactory.getInstance("RSA")
        .generatePublic(new X509EncodedKeySpec(Base64.getMimeDecoder().decode(body)));
  }

  /** An answer with these keys and further members of the response, each after a comma. */
  public static String answer(String more, String... keys) {
    return "{\"Response\":{\"Keys\":["
        + String.join(",", keys)
        + "],\"SessionKey\":\"@SESSION@\",\"ContentId\":\"movie-1\""
        + more
        + ",\"RequestId\":\"1\"}}";
  }

  public static String key(String track, String keyId, String value, String iv) {
    return "{\"Track\":\"%s\",\"KeyId\":\"%s\",\"Key\":\"%s\",\"Iv\":\"%s\"}"
        .formatted(track, keyId, value, iv);
  }

  /** Under the session key. */
  public static String encrypted(String hex, boolean padded) {
    try {
      Cipher aes = Cipher.getInstance(padded ? "AES/ECB/PKCS5Padding" : "AES/ECB/NoPadding");
      byte[] key = HexFormat.of().parseHex(SESSION_KEY);
      aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
      return Base64.getEncoder().encodeToString(aes.doFinal(HexFormat.of().parseHex(hex)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
