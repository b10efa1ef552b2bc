package io.keymux.api.cli;

import io.keymux.api.keyserver.EmbeddedKeys;
import io.keymux.api.keyserver.KeySources;
import io.keymux.cpix.KeyExchange;
import io.keymux.keyserver.CpixFile;
import io.keymux.keyserver.RawKeys;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where keys come from: at most one of a key server, typed keys and a document; else the seed. */
final class KeyOptions {
  @Option(
      names = "--key-server",
      paramLabel = "URL",
      description = "A SPEKE v2.0 key server (default: keys of the seed in --data).")
  private @Nullable String keyServer;

  @Option(
      names = "--key-server-type",
      paramLabel = "TYPE",
      converter = Converters.KeyServerType.class,
      description = "speke-v2, the only one in this version.")
  private @Nullable String keyServerType;

  @Option(
      names = "--key",
      paramLabel = "[LABEL=]KID:KEY[:IV]",
      description = {
        "A key in hex; several with labels VIDEO, AUDIO, a track's name or label.",
        "Visible in the process list: for tests."
      })
  private List<String> keys = new ArrayList<>();

  @Option(names = "--cpix", paramLabel = "FILE", description = "A CPIX document with clear keys.")
  private @Nullable Path cpix;

  @Mixin private DataOption data = new DataOption();

  /** Whether one of the options is there. */
  boolean given() {
    return keyServer != null || !keys.isEmpty() || cpix != null;
  }

  /**
   * The source of keys.
   *
   * @throws UsageException if more than one is given, or the URL is none
   */
  KeyExchange exchange(Console console) {
    int sources = (keyServer != null ? 1 : 0) + (keys.isEmpty() ? 0 : 1) + (cpix != null ? 1 : 0);
    if (sources > 1) {
      throw new UsageException(
          "--key-server, --key and --cpix are three sources of keys.", "Give one of them.");
    }
    if (keyServerType != null && keyServer == null) {
      throw new UsageException("--key-server-type needs --key-server.", "Give its URL.");
    }
    if (keyServer != null) {
      return remote(keyServer);
    }
    if (!keys.isEmpty()) {
      return RawKeys.parse(keys);
    }
    if (cpix != null) {
      return CpixFile.of(cpix);
    }
    return EmbeddedKeys.open(data.open(console));
  }

  /** The message does not hold the URL: it may hold a credential. */
  private static KeyExchange remote(String url) {
    return KeySources.ofUrl(url)
        .orElseThrow(
            () ->
                new UsageException(
                    "The value of --key-server is not an http or https URL.",
                    "Write it as https://keys.example/speke/v2.0/copyProtection."));
  }
}
