package io.keymux.api.http;

import io.keymux.cpix.DrmException;

/** The service cannot listen where it should. */
final class ListenException extends DrmException {
  private static final long serialVersionUID = 1L;

  private ListenException(String code, String problem, String remedy, Throwable cause) {
    super(Blame.OUTPUT, code, problem, remedy, cause);
  }

  private ListenException(String code, String problem, String remedy) {
    super(Blame.CALLER, code, problem, remedy);
  }

  static ListenException refused(String host) {
    return new ListenException(
        "bind-refused",
        "The address "
            + host
            + " can be reached from other machines, and nobody would be asked who they are.",
        "Use 127.0.0.1, or give clients keys: security.apiKeys in the configuration.");
  }

  static ListenException of(String host, int port, Throwable cause) {
    return new ListenException(
        "cannot-listen",
        "The service cannot listen on %s:%d.".formatted(host, port),
        "Another program may have the port: choose one with --port, 0 takes a free one.",
        cause);
  }
}
