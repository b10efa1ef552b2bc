package io.keymux.api.access;

import io.keymux.api.problem.RequestException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets requests wait that are too many. Safe for use by several threads. */
public final class Throttle {
  private static final int UNAUTHORIZED = 401;
  private static final int NETWORK_BYTES = 8;

  private final TokenBuckets refusals;
  private final @Nullable TokenBuckets tenants;

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  public Throttle(RateLimits limits, LongSupplier nanoTime) {
    this.refusals = new TokenBuckets(limits.refusals(), nanoTime);
    this.tenants = limits.tenant() == null ? null : new TokenBuckets(limits.tenant(), nanoTime);
  }

  /**
   * Finds out who sent a request, unless too many came before.
   *
   * @param address that it came from; of IPv6 its network of 64 bits counts
   * @param proof finds out who sent it
   * @throws RequestException with status 429 if they are too many, or what {@code proof} throws
   */
  public Principal admit(String address, Supplier<Principal> proof) {
    String network = network(address);
    requireRoom(refusals.ask(network));
    Principal principal;
    try {
      principal = proof.get();
    } catch (RequestException e) {
      if (e.status() == UNAUTHORIZED) {
        refusals.take(network);
      }
      throw e;
    }
    if (tenants != null) {
      requireRoom(tenants.take(principal.tenant()));
    }
    return principal;
  }

  private static void requireRoom(long seconds) {
    if (seconds > 0) {
      throw RequestException.tooMany(seconds);
    }
  }

  private static String network(String address) {
    try {
      // Never a name: it is what the socket says.
      InetAddress parsed = InetAddress.getByName(address);
      return parsed instanceof Inet6Address
          ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES))
          : address;
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
