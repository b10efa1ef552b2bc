package io.keymux.docs.mps;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * S3 for the tests of a class: a bucket of inputs, one of outputs, and the SDK's client of them.
 */
final class TestBuckets implements AfterAllCallback {
  static final String IN = "films-1";
  static final String OUT = "packaged-1";
  static final String KEY_ID = "AKIAOFTHEREQUEST";
  static final String SECRET = "canary-of-the-request-1702";

  final S3Client client;
  private final S3Proxy proxy;

  TestBuckets() {
    Properties properties = new Properties();
    try {
      properties.setProperty(
          "jclouds.filesystem.basedir", Files.createTempDirectory("keymux-mps-s3-").toString());
      proxy =
          S3Proxy.builder()
              .blobStore(BlobStores.create("filesystem-nio2", properties))
              .endpoint(URI.create("http://127.0.0.1:0"))
              .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, KEY_ID, SECRET)
              .build();
      proxy.start();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    client =
        S3Client.builder()
            .endpointOverride(URI.create(endpoint()))
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY_ID, SECRET)))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    client.createBucket(request -> request.bucket(IN));
    client.createBucket(request -> request.bucket(OUT));
  }

  String endpoint() {
    return "http://127.0.0.1:" + proxy.getPort();
  }

  void put(String key, Path file) {
    client.putObject(r -> r.bucket(IN).key(key), RequestBody.fromFile(file));
  }

  /** The keys of outputs below a folder. */
  List<String> keys(String folder) {
    return client.listObjectsV2Paginator(r -> r.bucket(OUT).prefix(folder)).contents().stream()
        .map(S3Object::key)
        .sorted()
        .toList();
  }

  /** An output. */
  byte[] get(String key) {
    return client.getObjectAsBytes(r -> r.bucket(OUT).key(key)).asByteArray();
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    client.close();
    proxy.stop();
  }
}
