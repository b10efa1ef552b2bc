package io.keymux.api.config;

import io.keymux.api.config.MpsSettings.Bucket;
import io.keymux.api.config.MpsSettings.Credential;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.keyserver.http.AddressPolicy;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code mps} as it is written. Fields with one value may stand in an environment
 * variable instead, {@code KEYMUX_MPS_TSWITHDRM} and so on.
 *
 * @param services that signatures may name; absent for any
 * @param tsWithDrm {@code correct} or {@code refuse}
 */
record MpsConfig(
    @Nullable List<Account> credentials,
    @Nullable Boolean unsignedPayload,
    @Nullable List<String> services,
    @Nullable String appId,
    @Nullable String tsWithDrm,
    @Nullable String keyServerType,
    @Nullable List<Folder> buckets,
    @Nullable String callbackAddresses,
    @Nullable String sqsEndpoint,
    @Nullable List<BucketEventConfig> bucketEvents) {
  private static final String VARIABLE = "KEYMUX_MPS_";
  private static final String USUAL_APP_ID = "1000000000";

  /**
   * @param secretKey a reference
   * @param token a reference, or absent
   * @param tenant absent for {@code default}
   */
  record Account(
      @Nullable String secretId,
      @Nullable String secretKey,
      @Nullable String token,
      @Nullable String tenant) {}

  /**
   * @param region absent for any
   */
  record Folder(@Nullable String bucket, @Nullable String region, @Nullable String url) {}

  /**
   * @throws DrmException with code {@code invalid-config} if something in it, or in the variables
   *     that go before it, cannot be used
   */
  MpsSettings resolve(Map<String, String> environment) {
    String types = first(environment, "TSWITHDRM", tsWithDrm, "correct");
    if (!types.equals("correct") && !types.equals("refuse")) {
      throw invalid("mps.tsWithDrm is not correct or refuse");
    }
    String id = first(environment, "APPID", appId, USUAL_APP_ID);
    if (!id.matches("[0-9]{1,20}")) {
      throw invalid("mps.appId is not 1 to 20 digits");
    }
    return new MpsSettings(
        accounts(environment),
        truth(first(environment, "UNSIGNEDPAYLOAD", text(unsignedPayload), "false")),
        services == null ? Set.of() : Set.copyOf(services),
        id,
        types.equals("refuse"),
        first(environment, "KEYSERVERTYPE", keyServerType, "speke-v2"),
        folders(),
        Addresses.policy(
            "mps.callbackAddresses",
            first(environment, "CALLBACKADDRESSES", callbackAddresses, "public-or-loopback"),
            AddressPolicy.PUBLIC_OR_LOOPBACK),
        endpoint(first(environment, "SQSENDPOINT", sqsEndpoint, "")),
        events(environment));
  }

  private Map<String, Credential> accounts(Map<String, String> environment) {
    Map<String, Credential> accounts = new LinkedHashMap<>();
    for (Account account : credentials == null ? List.<Account>of() : credentials) {
      String at = "mps.credentials/" + accounts.size() + ".";
      String id = Objects.requireNonNullElse(account.secretId(), "");
      String tenant = Objects.requireNonNullElse(account.tenant(), "default");
      if (!id.matches("[\\x21-\\x7e&&[^,/]]{1,128}")) {
        throw invalid(at + "secretId is missing, or has characters that headers cannot carry");
      }
      requireTenant(at, tenant);
      Credential credential =
          new Credential(
              id,
              SecretReference.resolve(
                  at + "secretKey",
                  Objects.requireNonNullElse(account.secretKey(), ""),
                  environment),
              account.token() == null
                  ? null
                  : SecretReference.resolve(at + "token", account.token(), environment),
              tenant);
      if (accounts.put(id, credential) != null) {
        throw invalid(at + "secretId is there twice");
      }
    }
    return accounts;
  }

  /**
   * @param at where it stands
   * @throws DrmException with code {@code invalid-config}
   */
  static void requireTenant(String at, String tenant) {
    if (!tenant.matches("[A-Za-z0-9_-]{1,64}")) {
      throw invalid(at + "tenant is not 1 to 64 of A-Z a-z 0-9 _ -");
    }
  }

  private List<Bucket> folders() {
    List<Bucket> folders = new ArrayList<>();
    for (Folder folder : buckets == null ? List.<Folder>of() : buckets) {
      String url = Objects.requireNonNullElse(folder.url(), "");
      if (folder.bucket() == null || !url.matches("(file|s3):/.+")) {
        throw invalid("mps.buckets/" + folders.size() + " lacks bucket, or a url of file: or s3:");
      }
      folders.add(new Bucket(folder.bucket(), folder.region(), url.replaceFirst("/+$", "")));
    }
    return folders;
  }

  private List<BucketEventSettings> events(Map<String, String> environment) {
    List<BucketEventSettings> events = new ArrayList<>();
    for (BucketEventConfig event :
        bucketEvents == null ? List.<BucketEventConfig>of() : bucketEvents) {
      events.add(event.resolve("mps.bucketEvents/" + events.size() + ".", environment));
    }
    return events;
  }

  private static @Nullable URI endpoint(String url) {
    if (url.isEmpty()) {
      return null;
    }
    if (!url.matches("https?://[^/?#@\\s]+/?")) {
      throw invalid("mps.sqsEndpoint is not http or https with a host and nothing behind it");
    }
    return URI.create(url.endsWith("/") ? url : url + "/");
  }

  private static boolean truth(String value) {
    if (!value.matches("true|false")) {
      throw invalid("mps.unsignedPayload is not true or false");
    }
    return value.equals("true");
  }

  private static @Nullable String text(@Nullable Boolean value) {
    return value == null ? null : value.toString();
  }

  private static String first(
      Map<String, String> environment, String name, @Nullable String written, String usual) {
    String variable = environment.getOrDefault(VARIABLE + name, "");
    return !variable.isEmpty() ? variable : Objects.requireNonNullElse(written, usual);
  }

  static DrmException invalid(String problem) {
    return new DrmException(
        Blame.CALLER, "invalid-config", problem + ".", "docs/mps.md has examples.");
  }
}
