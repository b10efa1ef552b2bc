package io.keymux.api.storage;

import io.keymux.api.config.RequestCredentials;
import io.keymux.api.config.S3Account;
import io.keymux.api.config.StorageSettings;
import io.keymux.api.problem.StorageException;
import io.keymux.packager.input.InputFile;
import io.keymux.packager.input.SegmentPattern;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The buckets that jobs may name. */
final class S3Storage implements AutoCloseable {
  private final StorageSettings settings;
  private final RemoteReads reads;

  /** Made when a bucket is first named. */
  private final Map<S3Account, S3Client> clients = new HashMap<>();

  /**
   * As long as somebody holds the credentials: a playlist names many segments. These have no
   * connections of their own to close.
   */
  private final Map<StorageCredentials, Map<Optional<S3Account>, S3Client>> passing =
      new WeakHashMap<>();

  S3Storage(StorageSettings settings, RemoteReads reads) {
    this.settings = settings;
    this.reads = reads;
  }

  InputFile input(String url, @Nullable StorageCredentials credentials) {
    S3Url place = S3Url.of(url);
    requireKey(place);
    return input(client(place, credentials), place, null);
  }

  @Nullable InputFile named(
      String playlist, URI reference, @Nullable StorageCredentials credentials) {
    S3Url place = S3Url.of(playlist).resolve(reference);
    if (place == null) {
      return null;
    }
    requireKey(place);
    return input(client(place, credentials), place, null);
  }

  /** Sizes and versions come with the list, so that nothing else needs to be asked. */
  List<InputFile> inputs(String url, @Nullable StorageCredentials credentials) {
    S3Url pattern = S3Url.of(url);
    String folder = pattern.key().substring(0, pattern.nameStart());
    String name = pattern.key().substring(pattern.nameStart());
    SegmentPattern.requireOneStar(pattern.toString(), folder, name);
    S3Client client = client(pattern, credentials);
    Map<String, S3File.Version> found = new HashMap<>();
    String prefix = folder + name.substring(0, name.indexOf('*'));
    try {
      client
          .listObjectsV2Paginator(
              request -> request.bucket(pattern.bucket()).prefix(prefix).delimiter("/"))
          .contents()
          .forEach(object -> found.put(object.key().substring(folder.length()), version(object)));
    } catch (SdkException e) {
      throw S3Failures.of(e, pattern.bucket(), pattern.toString());
    }
    return SegmentPattern.names(pattern.toString(), name, found.keySet()).stream()
        .map(file -> input(client, new S3Url(pattern.bucket(), folder + file), found.get(file)))
        .toList();
  }

  private static S3File.Version version(S3Object object) {
    return new S3File.Version(object.size(), object.eTag());
  }

  Destination output(String url, boolean replace, @Nullable StorageCredentials credentials) {
    S3Url folder = S3Url.of(url);
    String key = folder.key();
    S3Url place = new S3Url(folder.bucket(), key.isEmpty() || key.endsWith("/") ? key : key + "/");
    return new S3Upload(client(place, credentials), place, replace);
  }

  private InputFile input(S3Client client, S3Url place, S3File.@Nullable Version version) {
    return new RemoteInput(new S3File(client, place, version), place.key(), reads);
  }

  private static void requireKey(S3Url place) {
    if (place.key().isEmpty() || place.key().endsWith("/")) {
      throw StorageException.notSupported(
          place + " names no object.", "Write it as s3://bucket/folder/file.mp4.");
    }
  }

  private S3Client client(S3Url place, @Nullable StorageCredentials credentials) {
    S3Account account =
        settings.s3().stream()
            .filter(known -> known.isFor(place.bucket()))
            .findFirst()
            .orElse(null);
    if (credentials != null) {
      return client(account, credentials);
    }
    if (account == null) {
      throw StorageException.notConfigured(
          "bucket " + place.bucket(), "Have the operator add it to an account of storage.s3.");
    }
    synchronized (clients) {
      return clients.computeIfAbsent(account, S3Clients::of);
    }
  }

  /** The operator says where the bucket is, the request who asks. */
  private S3Client client(@Nullable S3Account account, StorageCredentials credentials) {
    RequestCredentials allowed = settings.requestCredentials();
    if (allowed == null) {
      throw StorageException.credentialsRefused("the configuration does not allow them");
    }
    if (!allowed.allow(credentials.region())) {
      throw StorageException.credentialsRefused("this region is not allowed");
    }
    synchronized (passing) {
      return passing
          .computeIfAbsent(credentials, any -> new HashMap<>())
          .computeIfAbsent(Optional.ofNullable(account), any -> make(credentials, account));
    }
  }

  private static S3Client make(StorageCredentials credentials, @Nullable S3Account account) {
    return account == null ? S3Clients.of(credentials) : S3Clients.of(credentials, account);
  }

  @Override
  public void close() {
    synchronized (clients) {
      clients.values().forEach(S3Client::close);
      clients.clear();
    }
  }
}
