package io.keymux.api.storage;

import io.keymux.api.config.NameGlob;
import io.keymux.api.config.Roots;
import io.keymux.api.config.S3Account;
import io.keymux.api.config.S3Credentials;
import io.keymux.api.config.StorageSettings;
import io.keymux.cpix.SecretBytes;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** S3 on a free port with the buckets {@code in-1} and {@code out-1}; lives as long as a class. */
public final class Buckets implements AfterAllCallback {
  static final String KEY_ID = "TESTKEYID";
  static final String SECRET = "canary-s3-secret-4711";

  public final FaultyServer server;
  final S3Client client;
  private final S3Proxy proxy;
  private final Path folder;

  public Buckets() {
    try {
      folder = Files.createTempDirectory("keymux-test-buckets-");
      Properties properties = new Properties();
      properties.setProperty("jclouds.filesystem.basedir", folder.toString());
      proxy =
          S3Proxy.builder()
              .blobStore(BlobStores.create("filesystem-nio2", properties))
              .endpoint(URI.create("http://127.0.0.1:0"))
              .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, KEY_ID, SECRET)
              // It does not know the tokens of temporary credentials.
              .ignoreUnknownHeaders(true)
              .build();
      proxy.start();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    client = S3Clients.of(account("http://127.0.0.1:" + proxy.getPort(), SECRET));
    client.createBucket(request -> request.bucket("in-1"));
    client.createBucket(request -> request.bucket("out-1"));
    server = new FaultyServer(proxy.getPort());
  }

  /** The way to the buckets goes through the server that can break. */
  Storages storage() {
    return storage(SECRET);
  }

  Storages storage(String secret) {
    return Storages.of(Roots.of(List.of()), settings(secret));
  }

  /** The same way, for a service. */
  public StorageSettings settings() {
    return settings(SECRET);
  }

  private StorageSettings settings(String secret) {
    return new StorageSettings(null, List.of(account(server.uri(), secret)), null);
  }

  private static S3Account account(String endpoint, String secret) {
    return new S3Account(
        List.of(NameGlob.of("in-*"), NameGlob.of("out-*")),
        URI.create(endpoint),
        "us-east-1",
        true,
        new S3Credentials.Static(
            KEY_ID, SecretBytes.copyOf(secret.getBytes(StandardCharsets.UTF_8)), null));
  }

  void put(String key, byte[] content) {
    client.putObject(r -> r.bucket("in-1").key(key), RequestBody.fromBytes(content));
  }

  public void put(String key, Path file) {
    client.putObject(r -> r.bucket("in-1").key(key), RequestBody.fromFile(file));
  }

  public List<String> keys(String bucket) {
    Stream<S3Object> objects =
        client.listObjectsV2Paginator(r -> r.bucket(bucket)).contents().stream();
    return objects.map(S3Object::key).sorted().toList();
  }

  /** How many uploads in parts were begun and neither completed nor aborted. */
  public int uploads(String bucket) {
    return client.listMultipartUploads(r -> r.bucket(bucket)).uploads().size();
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    server.close();
    client.close();
    proxy.stop();
  }
}
