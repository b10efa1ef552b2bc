package io.keymux.api.config;

import io.keymux.packager.bento4.KeysOnArgv;
import java.nio.file.Path;
import java.util.List;

/**
 * How the service runs.
 *
 * @param host a loopback address
 * @param port 0 for any free one
 * @param roots folders that clients may name in {@code file:} URLs
 * @param workers how many jobs run at once, at least 1
 * @param keyServer how the embedded key server answers
 * @param keyExchange the key servers that jobs may name
 * @param keysOnArgv whether jobs may ask for an engine that shows keys to users of this machine
 * @param storage where inputs and outputs may be, beside the roots
 */
public record ServiceSettings(
    String host,
    int port,
    List<Path> roots,
    int workers,
    KeyServerSettings keyServer,
    KeyExchangeSettings keyExchange,
    KeysOnArgv keysOnArgv,
    StorageSettings storage) {
  public ServiceSettings {
    roots = List.copyOf(roots);
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("not a port: " + port);
    }
    if (workers < 1) {
      throw new IllegalArgumentException("not a number of workers: " + workers);
    }
  }

  /** Without keys as arguments of programs, with local files alone. */
  public ServiceSettings(
      String host,
      int port,
      List<Path> roots,
      int workers,
      KeyServerSettings keyServer,
      KeyExchangeSettings keyExchange) {
    this(
        host,
        port,
        roots,
        workers,
        keyServer,
        keyExchange,
        KeysOnArgv.REFUSED,
        StorageSettings.NONE);
  }

  /** With an embedded key server that asks nobody who they are, and no other. */
  public ServiceSettings(String host, int port, List<Path> roots, int workers) {
    this(host, port, roots, workers, KeyServerSettings.DEFAULT, KeyExchangeSettings.DEFAULT);
  }
}
