package io.keymux.api.config;

import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.http.AddressPolicy;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the MPS-compatible endpoint answers.
 *
 * @param credentials who may call it, by secret id
 * @param unsignedPayload whether a signature may leave the body out
 * @param services that the scope of a signature may name; empty for any, since clients take it from
 *     the host that they call
 * @param appId the first part of task ids
 * @param refuseTsWithDrm whether a template with MPEG-TS segments is refused for DRM, in place of
 *     being corrected to MP4
 * @param keyServerType protocol of key-server URLs that do not show theirs
 * @param buckets where buckets of COS are
 * @param callbackAddresses which addresses callbacks may go to
 * @param sqsEndpoint of a service that is compatible with Amazon SQS; null for Amazon's own
 * @param bucketEvents queues whose messages start jobs
 */
public record MpsSettings(
    Map<String, Credential> credentials,
    boolean unsignedPayload,
    Set<String> services,
    String appId,
    boolean refuseTsWithDrm,
    String keyServerType,
    List<Bucket> buckets,
    AddressPolicy callbackAddresses,
    @Nullable URI sqsEndpoint,
    List<BucketEventSettings> bucketEvents) {

  public MpsSettings {
    credentials = Map.copyOf(new LinkedHashMap<>(credentials));
    services = Set.copyOf(services);
    buckets = List.copyOf(buckets);
    bucketEvents = List.copyOf(bucketEvents);
  }

  /**
   * @param secretKey in UTF-8
   * @param token of a temporary secret in UTF-8, or null
   * @param tenant whose tasks and templates the caller sees
   */
  public record Credential(
      String secretId, SecretBytes secretKey, @Nullable SecretBytes token, String tenant) {}

  /**
   * A bucket that is not Tencent's.
   *
   * @param name as requests have it
   * @param region as requests have it, or null for any
   * @param url of its folder, without a slash at the end
   */
  public record Bucket(String name, @Nullable String region, String url) {}
}
