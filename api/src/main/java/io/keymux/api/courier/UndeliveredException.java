package io.keymux.api.courier;

import io.keymux.cpix.DrmException;
import io.keymux.keyserver.http.KeyExchangeException;
import org.jspecify.annotations.Nullable;

/** A receiver that did not take a message. Nothing in it quotes the URL, which may hold a token. */
public final class UndeliveredException extends DrmException {
  private static final long serialVersionUID = 1L;

  private final @Nullable Integer status;

  private UndeliveredException(
      Blame blame, String code, @Nullable Integer status, String problem, String remedy) {
    super(blame, code, problem, remedy);
    this.status = status;
  }

  /** The status of HTTP, or null if there was no answer. */
  public @Nullable Integer status() {
    return status;
  }

  static UndeliveredException refused(int status) {
    return new UndeliveredException(
        Blame.UPSTREAM,
        "receiver-refused",
        status,
        "The receiver answers with status " + status + ".",
        "It should answer with 200.");
  }

  static UndeliveredException of(KeyExchangeException e) {
    return switch (e.code()) {
      case "key-server-address-refused" ->
          new UndeliveredException(
              Blame.CALLER,
              "receiver-address-refused",
              null,
              "The receiver has an address that messages may not go to.",
              "Use a public one, or have the operator allow others.");
      case "key-server-untrusted" ->
          new UndeliveredException(
              Blame.UPSTREAM,
              "receiver-untrusted",
              null,
              "No secure connection to the receiver came about.",
              "Check that its certificate is valid, names its host and is of a known authority.");
      case "key-server-timeout" ->
          new UndeliveredException(
              Blame.UPSTREAM,
              "receiver-timeout",
              null,
              "The receiver did not answer in time.",
              "Let it answer first and work later.");
      case "key-server-unreachable" ->
          new UndeliveredException(
              Blame.UPSTREAM,
              "receiver-unreachable",
              null,
              "The receiver is not reachable.",
              "Check its host name and port, and the network between.");
      default ->
          new UndeliveredException(
              Blame.UPSTREAM,
              "receiver-answer-invalid",
              null,
              "The answer of the receiver is not HTTP, or is too large.",
              "Let it answer with 200 and an empty body.");
    };
  }
}
