package io.keymux.keyserver.http;

/** Two proofs of who is asking, as a client id in a header beside a ticket. */
record ChainedAuthorizer(CallAuthorizer first, CallAuthorizer second) implements CallAuthorizer {

  @Override
  public KeyServerCall authorize(KeyServerCall call, CallSender sender)
      throws InterruptedException {
    return second.authorize(first.authorize(call, sender), sender);
  }

  @Override
  public boolean renew(KeyServerCall refused, HttpAnswer answer) {
    // Both are told: a refusal does not say which proof it is about.
    boolean renewed = first.renew(refused, answer);
    return second.renew(refused, answer) || renewed;
  }

  @Override
  public KeyExchangeException refusal(String host, int status) {
    return second.refusal(host, status);
  }

  @Override
  public void close(CallSender sender) {
    second.close(sender);
    first.close(sender);
  }

  @Override
  public String toString() {
    return "ChainedAuthorizer";
  }
}
