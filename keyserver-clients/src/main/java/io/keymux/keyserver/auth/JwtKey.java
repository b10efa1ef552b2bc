package io.keymux.keyserver.auth;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.SecretBytes;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a JWT is signed with.
 *
 * @see "RFC 7518, 3 Cryptographic Algorithms for Digital Signatures and MACs"
 */
abstract class JwtKey {
  private static final int LEAST_RSA_BITS = 2048;
  private static final int P256_BITS = 256;
  private static final int LEAST_SECRET_BYTES = 32;

  private final String algorithm;

  private JwtKey(String algorithm) {
    this.algorithm = algorithm;
  }

  /** The value of the header {@code alg}. */
  final String algorithm() {
    return algorithm;
  }

  abstract byte[] sign(byte[] data) throws GeneralSecurityException;

  /**
   * @throws DrmException with code {@code key-server-credentials-invalid} if the key is of another
   *     kind, or too short
   */
  static JwtKey of(UrlJwt.Algorithm algorithm, PrivateKey key) {
    switch (algorithm) {
      case RS256, PS256 -> {
        require(key.getAlgorithm().equals("RSA"), algorithm + " needs an RSA key");
        // A key in a hardware module need not show its size.
        boolean small = key instanceof RSAKey rsa && rsa.getModulus().bitLength() < LEAST_RSA_BITS;
        require(!small, algorithm + " needs an RSA key of at least 2048 bits");
      }
      case ES256 -> {
        require(key.getAlgorithm().equals("EC"), "ES256 needs an EC key");
        boolean other =
            key instanceof ECKey ec && ec.getParams().getOrder().bitLength() != P256_BITS;
        require(!other, "ES256 needs a key on the curve P-256");
      }
    }
    return switch (algorithm) {
      case RS256 -> new Private("RS256", key, "SHA256withRSA", null);
      case PS256 ->
          new Private(
              "PS256",
              key,
              "RSASSA-PSS",
              new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
      // The form of two plain numbers; the JDK's usual one is DER.
      case ES256 -> new Private("ES256", key, "SHA256withECDSAinP1363Format", null);
    };
  }

  /**
   * @throws DrmException with code {@code key-server-credentials-invalid} if it is shorter than 32
   *     bytes
   */
  static JwtKey of(SecretBytes secret) {
    require(
        secret.size() >= LEAST_SECRET_BYTES,
        "HS256 needs a secret of at least 32 bytes, not " + secret.size());
    return new Shared(secret);
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw UnusableCredentials.because(
          otherwise + ".", "Use the key that was registered with the key server.");
    }
  }

  private static final class Private extends JwtKey {
    private final PrivateKey key;
    private final String signature;
    private final @Nullable AlgorithmParameterSpec parameters;

    Private(
        String algorithm,
        PrivateKey key,
        String signature,
        @Nullable AlgorithmParameterSpec parameters) {
      super(algorithm);
      this.key = key;
      this.signature = signature;
      this.parameters = parameters;
    }

    @Override
    byte[] sign(byte[] data) throws GeneralSecurityException {
      Signature signer = Signature.getInstance(signature);
      if (parameters != null) {
        signer.setParameter(parameters);
      }
      signer.initSign(key);
      signer.update(data);
      return signer.sign();
    }
  }

  private static final class Shared extends JwtKey {
    private final SecretBytes secret;

    Shared(SecretBytes secret) {
      super("HS256");
      this.secret = secret;
    }

    @Override
    byte[] sign(byte[] data) throws GeneralSecurityException {
      byte[] clear = secret.reveal();
      try {
        return HmacSha256.of(clear, data);
      } finally {
        Arrays.fill(clear, (byte) 0);
      }
    }
  }
}
