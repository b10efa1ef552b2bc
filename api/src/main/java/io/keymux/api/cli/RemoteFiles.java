package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Arguments;
import io.keymux.api.cli.syntax.Value;
import io.keymux.api.config.HttpInputs;
import io.keymux.api.config.NameGlob;
import io.keymux.api.config.Roots;
import io.keymux.api.config.S3Account;
import io.keymux.api.config.S3Credentials;
import io.keymux.api.config.StorageSettings;
import io.keymux.api.storage.Destination;
import io.keymux.api.storage.RemoteFolder;
import io.keymux.api.storage.Storage;
import io.keymux.api.storage.StorageUrl;
import io.keymux.api.storage.Storages;
import io.keymux.keyserver.http.AddressPolicy;
import io.keymux.packager.input.InputFile;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The web servers and buckets that a command reads and writes: those of the configuration file, or
 * without one every public web server, and every bucket that the credentials of the machine open.
 * Nothing is loaded for them before the first is named.
 */
final class RemoteFiles implements AutoCloseable {
  private final Arguments given;
  private final Console console;
  private @Nullable Storage storage;

  RemoteFiles(Arguments given, Console console) {
    this.given = given;
    this.console = console;
  }

  /**
   * The path of a value that has to be local.
   *
   * @throws io.keymux.api.cli.syntax.UsageException if it is a URL
   */
  static Path local(Value value) {
    if (StorageUrl.isRemote(value.text())) {
      throw value.refused("This command writes to local folders only.");
    }
    return value.path();
  }

  InputFile input(String url) {
    return storage().input(url, null);
  }

  List<InputFile> inputs(String pattern) {
    return storage().inputs(pattern, null);
  }

  @Nullable InputFile named(String playlist, URI reference) {
    return storage().named(playlist, reference, null);
  }

  Destination output(String url, boolean replace) {
    return storage().output(url, replace, null);
  }

  RemoteFolder folder(String url, Path local) {
    return RemoteFolder.of(storage(), url, local);
  }

  private Storage storage() {
    if (storage == null) {
      StorageSettings configured =
          KeyOptions.configFile(given, console).storageSettings(console.environment());
      storage =
          Storages.of(
              Roots.of(List.of()), configured.equals(StorageSettings.NONE) ? open() : configured);
    }
    return storage;
  }

  /** Who types a URL here could read it from this machine anyway. */
  private static StorageSettings open() {
    List<NameGlob> all = List.of(NameGlob.of("*"));
    return new StorageSettings(
        new HttpInputs(AddressPolicy.PUBLIC, all),
        List.of(new S3Account(all, null, null, false, new S3Credentials.Default())),
        null);
  }

  @Override
  public void close() {
    if (storage != null) {
      storage.close();
    }
  }
}
