package io.keymux.api.storage;

import io.keymux.api.config.Roots;
import io.keymux.api.config.StorageSettings;
import io.keymux.api.problem.StorageException;
import io.keymux.keyserver.http.HostResolver;
import io.keymux.packager.input.InputFile;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All storage of a service, told apart by the scheme of a URL. */
public final class Storages implements Storage {
  private final LocalStorage local;
  private final @Nullable HttpStorage http;
  private final S3Storage s3;
  private final RemoteReads reads;

  private Storages(Roots roots, StorageSettings settings, HostResolver resolver) {
    reads = RemoteReads.ofUsualSize();
    local = new LocalStorage(roots);
    http = settings.http() == null ? null : new HttpStorage(settings.http(), resolver, null, reads);
    s3 = new S3Storage(settings, reads);
  }

  /**
   * @param roots folders that {@code file:} URLs may lead to
   */
  public static Storages of(Roots roots, StorageSettings settings) {
    return of(roots, settings, HostResolver.SYSTEM);
  }

  /**
   * As {@link #of(Roots, StorageSettings)}.
   *
   * @param resolver how names of web servers become addresses
   */
  static Storages of(Roots roots, StorageSettings settings, HostResolver resolver) {
    return new Storages(roots, settings, resolver);
  }

  /** Local files alone. */
  public static Storages local(Roots roots) {
    return of(roots, StorageSettings.NONE);
  }

  @Override
  public InputFile input(String url, @Nullable StorageCredentials credentials) {
    if (StorageUrl.isS3(url)) {
      return s3.input(url, credentials);
    }
    return StorageUrl.isHttp(url) ? http().input(url) : local.input(url);
  }

  @Override
  public List<InputFile> inputs(String url, @Nullable StorageCredentials credentials) {
    if (StorageUrl.isS3(url)) {
      return s3.inputs(url, credentials);
    }
    if (StorageUrl.isHttp(url)) {
      http().input(url.replace('*', '0'));
      throw StorageException.wildcardRefused("The URL of the web server");
    }
    return local.inputs(url);
  }

  @Override
  public @Nullable InputFile named(
      String playlist, URI reference, @Nullable StorageCredentials credentials) {
    if (StorageUrl.isS3(playlist)) {
      return s3.named(playlist, reference, credentials);
    }
    return StorageUrl.isHttp(playlist)
        ? http().named(playlist, reference)
        : local.named(playlist, reference);
  }

  @Override
  public @Nullable Path localOutput(String url) {
    return StorageUrl.isS3(url) ? null : local.allowed(url);
  }

  @Override
  public Destination output(String url, boolean replace, @Nullable StorageCredentials credentials) {
    if (!StorageUrl.isS3(url)) {
      throw StorageException.notSupported(
          "Outputs go to local folders and buckets only.", "Write it as s3://bucket/folder/.");
    }
    return s3.output(url, replace, credentials);
  }

  private HttpStorage http() {
    if (http == null) {
      throw StorageException.notConfigured(
          "web servers", "Have the operator add storage.http to the configuration.");
    }
    return http;
  }

  @Override
  public void close() {
    reads.close();
    s3.close();
    if (http != null) {
      http.close();
    }
  }
}
