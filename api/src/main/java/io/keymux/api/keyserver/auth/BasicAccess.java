package io.keymux.api.keyserver.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.api.access.proof.AccessRequest;
import io.keymux.api.access.proof.HeaderSecret;
import io.keymux.api.config.AuthSettings;
import io.keymux.api.problem.RequestException;
import io.keymux.cpix.SecretBytes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/**
 * User and password in clear, so only over TLS or loopback.
 *
 * @param credentials user, colon, password
 * @see "RFC 7617, The 'Basic' HTTP Authentication Scheme"
 */
record BasicAccess(SecretBytes credentials) implements Access {
  private static final String CHALLENGE = "Basic realm=\"keymux\", charset=\"UTF-8\"";

  static BasicAccess of(AuthSettings.Basic settings) {
    byte[] user = (settings.user() + ":").getBytes(UTF_8);
    byte[] password = settings.password().reveal();
    byte[] both =
        ByteBuffer.allocate(user.length + password.length).put(user).put(password).array();
    try {
      return new BasicAccess(SecretBytes.copyOf(both));
    } finally {
      Arrays.fill(password, (byte) 0);
      Arrays.fill(both, (byte) 0);
    }
  }

  @Override
  public void require(AccessRequest request) {
    byte[] shown = decode(HeaderSecret.credentials(request, "basic"));
    if (!HeaderSecret.matches(credentials, shown)) {
      throw RequestException.unauthorized(CHALLENGE);
    }
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64.getBytes(ISO_8859_1));
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
