package io.keymux.keyserver.http;

import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which addresses calls may go to. A URL that somebody else wrote must not lead a service into its
 * own network: to a neighbour, the loopback interface, or the cloud's metadata.
 *
 * <p>Whatever the policy, a host is a DNS name, an IPv4 address of four decimal numbers, or an IPv6
 * address in brackets without a zone. Other spellings of numbers are read differently by different
 * libraries, so they are refused before any name is looked up.
 */
public enum AddressPolicy {
  /** Any address: for URLs that the operator wrote. */
  ANY,
  /** Public addresses, and those of this machine's loopback interface. */
  PUBLIC_OR_LOOPBACK,
  /** Public addresses only: for URLs that others wrote. */
  PUBLIC;

  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.|$)){4}(?<!\\.)");
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-fA-F:.]{2,45}]");
  private static final Pattern NAME =
      Pattern.compile("(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.?){1,127}");
  private static final Pattern NUMBER = Pattern.compile("\\d+|0x[0-9a-f]*");

  /**
   * @param host as it stands in a URL, IPv6 in brackets
   * @throws io.keymux.cpix.DrmException of {@code refusal}
   */
  static void requirePlain(String host, AddressRefusal refusal) {
    boolean plain =
        host.startsWith("[")
            ? IPV6.matcher(host).matches()
            : IPV4.matcher(host).matches()
                || (host.length() <= 253 && NAME.matcher(host).matches() && !endsInNumber(host));
    if (!plain) {
      throw refusal.refused(
          host.matches("[\\x21-\\x7e]{1,64}") ? host : "(host not shown)",
          "is not a host name, an IPv4 address of four decimal numbers or an IPv6 address");
    }
  }

  /**
   * What browsers read as a number too, as in 0x7f.1.
   *
   * @see "WHATWG URL Standard, ends in a number checker"
   */
  private static boolean endsInNumber(String host) {
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    String last = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return NUMBER.matcher(last).matches();
  }

  /**
   * @throws io.keymux.cpix.DrmException of {@code refusal}
   */
  void require(String host, InetAddress address, AddressRefusal refusal) {
    boolean allowed =
        switch (this) {
          case ANY -> true;
          case PUBLIC_OR_LOOPBACK -> AddressRanges.isPublic(address) || address.isLoopbackAddress();
          case PUBLIC -> AddressRanges.isPublic(address);
        };
    if (!allowed) {
      // The address is not told: it would map the network for whoever asks.
      throw refusal.refused(host, "leads to an address that is not of the public internet");
    }
  }
}
