package io.keymux.api.mps;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.api.config.MpsSettings;
import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.http.AddressPolicy;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Settings and signatures for tests. */
public final class MpsSamples {
  private MpsSamples() {}

  /** One credential of the tenant acme, and a bucket on disk. */
  public static MpsSettings settings(String secretId, String secretKey) {
    return new MpsSettings(
        Map.of(
            secretId,
            new MpsSettings.Credential(
                secretId, SecretBytes.copyOf(secretKey.getBytes(UTF_8)), null, "acme")),
        false,
        Set.of(),
        "1000000000",
        false,
        "speke-v2",
        List.of(new MpsSettings.Bucket("media-1", "ap-guangzhou", "file:///srv/media")),
        AddressPolicy.PUBLIC_OR_LOOPBACK,
        null,
        List.of());
  }

  /** With one bucket on disk and queues elsewhere. */
  public static MpsSettings onDisk(URI folder, URI sqsEndpoint) {
    MpsSettings settings = settings("AKID", "secret");
    return new MpsSettings(
        settings.credentials(),
        settings.unsignedPayload(),
        settings.services(),
        settings.appId(),
        settings.refuseTsWithDrm(),
        settings.keyServerType(),
        List.of(new MpsSettings.Bucket("films", "eu-west-3", folder.toString())),
        settings.callbackAddresses(),
        sqsEndpoint,
        settings.bucketEvents());
  }

  /** The same with other rules for signatures. */
  public static MpsSettings with(MpsSettings settings, boolean unsigned, Set<String> services) {
    return new MpsSettings(
        settings.credentials(),
        unsigned,
        services,
        settings.appId(),
        settings.refuseTsWithDrm(),
        settings.keyServerType(),
        settings.buckets(),
        settings.callbackAddresses(),
        settings.sqsEndpoint(),
        settings.bucketEvents());
  }

  /** The same, where MPEG-TS with DRM is refused. */
  public static MpsSettings refusingTs(MpsSettings settings) {
    return new MpsSettings(
        settings.credentials(),
        settings.unsignedPayload(),
        settings.services(),
        settings.appId(),
        true,
        settings.keyServerType(),
        settings.buckets(),
        settings.callbackAddresses(),
        settings.sqsEndpoint(),
        settings.bucketEvents());
  }

  /** An Authorization header for a POST of JSON to 127.0.0.1:18099. */
  public static String tc3(String secret, long seconds, String body) {
    return tc3(secret, seconds, body, "application/json; charset=utf-8");
  }

  /** As {@link #tc3(String, long, String)}, for another media type in the spelling given. */
  public static String tc3(String secret, long seconds, String body, String type) {
    return tc3(secret, seconds, body, type, "127.0.0.1:18099");
  }

  /** As {@link #tc3(String, long, String, String)}, for another host. */
  public static String tc3(String secret, long seconds, String body, String type, String host) {
    String day = Instant.ofEpochSecond(seconds).toString().substring(0, 10);
    String scope = day + "/127/tc3_request";
    String canonical =
        "POST\n/\n\ncontent-type:"
            + type
            + "\nhost:"
            + host
            + "\n\ncontent-type;host\n"
            + sha256(body);
    String toSign = "TC3-HMAC-SHA256\n" + seconds + "\n" + scope + "\n" + sha256(canonical);
    byte[] key = ("TC3" + secret).getBytes(UTF_8);
    for (String part : new String[] {day, "127", "tc3_request", toSign}) {
      key = hmac(key, part);
    }
    return "TC3-HMAC-SHA256 Credential=AKID/"
        + scope
        + ", SignedHeaders=content-type;host, Signature="
        + HexFormat.of().formatHex(key);
  }

  /** HMAC-SHA256. */
  public static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
