package io.keymux.docs.mps;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** What the configuration of a service has besides credentials and a bucket on disk. */
final class MpsSetup {
  /** The service has the credentials of {@link TestBuckets}. */
  static final String STATIC =
      "{type: static, accessKeyId: %s, secretAccessKey: \"${env:STORE_SECRET}\"}"
          .formatted(TestBuckets.KEY_ID);

  /** The service has none. */
  static final String ANONYMOUS = "{type: anonymous}";

  private final StringBuilder mps = new StringBuilder();
  private final StringBuilder buckets = new StringBuilder();
  private final StringBuilder sections = new StringBuilder();
  private final Map<String, String> environment = new HashMap<>();

  /**
   * Adds buckets of S3, also as buckets of COS. Requests may bring credentials for the regions
   * {@code eu-west-*}.
   *
   * @param account lines that say whose credentials the service has itself, with the secret of the
   *     store as {@code ${env:STORE_SECRET}}
   */
  MpsSetup buckets(TestBuckets store, String account) {
    return bucket(BucketRequests.COS_IN, "s3://" + TestBuckets.IN)
        .bucket(BucketRequests.COS_OUT, "s3://" + TestBuckets.OUT)
        .bucket(BucketRequests.COS_NOWHERE, "s3://packaged-nowhere")
        .environment("STORE_SECRET", TestBuckets.SECRET)
        .section(
            """
            storage:
              s3:
                - buckets: ["films-*", "packaged-*"]
                  endpoint: %s
                  region: us-east-1
                  pathStyle: true
                  credentials: %s
              requestCredentials:
                regions: ["eu-west-*"]
            """
                .formatted(store.endpoint(), account));
  }

  /** Adds lines of the section mps. */
  MpsSetup mps(String lines) {
    mps.append(lines.indent(2));
    return this;
  }

  /** Adds a bucket of requests, and where it is. */
  MpsSetup bucket(String name, String url) {
    buckets.append("    - {bucket: %s, url: \"%s\"}\n".formatted(name, url));
    return this;
  }

  /** Adds another section, or several. */
  MpsSetup section(String lines) {
    sections.append(lines);
    return this;
  }

  /** Adds what the configuration refers to. */
  MpsSetup environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  MpsRig start() {
    try {
      return new MpsRig(this);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String mps() {
    return mps.toString();
  }

  String buckets() {
    return buckets.toString();
  }

  String sections() {
    return sections.toString();
  }

  Map<String, String> environment() {
    return Map.copyOf(environment);
  }
}
