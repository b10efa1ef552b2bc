package io.keymux.api.storage;

import io.keymux.api.config.Roots;
import io.keymux.packager.input.InputFile;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All storage of a service, told apart by the scheme of a URL. */
public final class Storages implements Storage {
  private final LocalStorage local;

  private Storages(LocalStorage local) {
    this.local = local;
  }

  /** Local files alone. */
  public static Storages local(Roots roots) {
    return new Storages(new LocalStorage(roots));
  }

  @Override
  public InputFile input(String url, @Nullable StorageCredentials credentials) {
    return local.input(url);
  }

  @Override
  public List<InputFile> inputs(String url, @Nullable StorageCredentials credentials) {
    return local.inputs(url);
  }

  @Override
  public @Nullable InputFile named(
      String playlist, URI reference, @Nullable StorageCredentials credentials) {
    return local.named(playlist, reference);
  }

  @Override
  public @Nullable Path localOutput(String url) {
    return local.allowed(url);
  }

  @Override
  public Destination output(String url, @Nullable StorageCredentials credentials) {
    throw StorageException.notSupported("The URL is no folder.", "Write it as file:///folder.");
  }
}
