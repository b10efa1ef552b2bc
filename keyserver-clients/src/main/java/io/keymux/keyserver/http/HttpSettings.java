package io.keymux.keyserver.http;

import java.util.Random;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What calls to one key server are bound to.
 *
 * @param policy which addresses they may go to
 * @param resolver how names become addresses
 * @param tls trust and a certificate of our own, or null for those of the JDK
 */
public record HttpSettings(
    HttpLimits limits, AddressPolicy policy, HostResolver resolver, @Nullable SSLContext tls) {
  /** The usual limits, any address. */
  public static final HttpSettings DEFAULT =
      new HttpSettings(HttpLimits.DEFAULT, AddressPolicy.ANY, HostResolver.SYSTEM, null);

  /** The same within other bounds. */
  public HttpSettings withLimits(HttpLimits other) {
    return new HttpSettings(other, policy, resolver, tls);
  }

  /** The same with other addresses allowed. */
  public HttpSettings withPolicy(AddressPolicy other) {
    return new HttpSettings(limits, other, resolver, tls);
  }

  /** The same with another look-up of names. */
  public HttpSettings withResolver(HostResolver other) {
    return new HttpSettings(limits, policy, other, tls);
  }

  /** The same with trust and a certificate of our own. */
  public HttpSettings withTls(SSLContext context) {
    return new HttpSettings(limits, policy, resolver, context);
  }

  /** The way to key servers under these settings. */
  public HttpExchange open(CallAuthorizer authorizer) {
    return new HttpExchange(this, authorizer, new Random(), System::nanoTime);
  }
}
