package io.keymux.keyserver.auth;

import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A role to assume.
 *
 * @param arn as {@code arn:aws:iam::123456789012:role/keys}
 * @param sessionName 2 to 64 of {@code A-Za-z0-9_+=,.@-}; it shows in the other account's logs
 * @param region of the token service to ask
 * @param externalId what the other account asks for, or null
 * @param duration 15 minutes to 12 hours, as far as the role allows
 * @see "AWS Security Token Service API Reference, AssumeRole"
 */
public record AwsRole(
    String arn, String sessionName, String region, @Nullable String externalId, Duration duration) {
  private static final Pattern ARN = Pattern.compile("arn:[a-z-]+:iam::[0-9]{12}:role/\\S{1,600}");
  private static final Pattern SESSION = Pattern.compile("[\\w+=,.@-]{2,64}");
  private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,40}");
  private static final Duration SHORTEST = Duration.ofMinutes(15);
  private static final Duration LONGEST = Duration.ofHours(12);

  /**
   * @throws io.keymux.cpix.DrmException with code {@code key-server-credentials-invalid}
   */
  public AwsRole {
    require(ARN.matcher(arn).matches(), "is not arn:aws:iam::ACCOUNT:role/NAME");
    require(
        SESSION.matcher(sessionName).matches(),
        "has a session name that is not 2 to 64 of A-Z, a-z, 0-9 and _+=,.@-");
    require(REGION.matcher(region).matches(), "has a region that is none");
    require(
        duration.compareTo(SHORTEST) >= 0 && duration.compareTo(LONGEST) <= 0,
        "is to be assumed for " + duration.toSeconds() + " s, not for 900 to 43200 s");
  }

  /** With the session name {@code keymux}, no external id, for an hour. */
  public static AwsRole of(String arn, String region) {
    return new AwsRole(arn, "keymux", region, null, Duration.ofHours(1));
  }

  URI endpoint() {
    String top = region.startsWith("cn-") ? ".amazonaws.com.cn/" : ".amazonaws.com/";
    return URI.create("https://sts." + region + top);
  }

  FormBody form() {
    FormBody form =
        new FormBody()
            .add("Action", "AssumeRole")
            .add("Version", "2011-06-15")
            .add("RoleArn", arn)
            .add("RoleSessionName", sessionName)
            .add("DurationSeconds", Long.toString(duration.toSeconds()));
    return externalId == null ? form : form.add("ExternalId", externalId);
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw UnusableCredentials.because(
          "The AWS role " + otherwise + ".", "Correct the settings of the role.");
    }
  }

  @Override
  public String toString() {
    return "AwsRole[" + arn + "]";
  }
}
