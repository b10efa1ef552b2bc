package io.keymux.keyserver.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.http.CallSender;
import java.util.Map;

/** {@code AWS_ACCESS_KEY_ID}, {@code AWS_SECRET_ACCESS_KEY} and {@code AWS_SESSION_TOKEN}. */
public final class EnvironmentCredentials implements AwsCredentialsProvider {
  private final Map<String, String> environment;

  private EnvironmentCredentials(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * @param environment as {@link System#getenv()}; read whenever credentials are needed
   */
  public static AwsCredentialsProvider of(Map<String, String> environment) {
    return new EnvironmentCredentials(environment);
  }

  /**
   * @throws io.keymux.cpix.DrmException with code {@code key-server-credentials-invalid} if one of
   *     the first two is missing
   */
  @Override
  public AwsCredentials get(CallSender sender) {
    String accessKeyId = required("AWS_ACCESS_KEY_ID");
    byte[] secret = required("AWS_SECRET_ACCESS_KEY").getBytes(UTF_8);
    String token = environment.getOrDefault("AWS_SESSION_TOKEN", "");
    return new AwsCredentials(
        accessKeyId, SecretBytes.copyOf(secret), token.isEmpty() ? null : token, null);
  }

  private String required(String name) {
    String value = environment.getOrDefault(name, "");
    if (value.isEmpty()) {
      throw UnusableCredentials.because(
          "The environment has no " + name + " to sign calls to the key server with.",
          "Set it, or choose other credentials.");
    }
    return value;
  }

  @Override
  public String toString() {
    return "EnvironmentCredentials";
  }
}
