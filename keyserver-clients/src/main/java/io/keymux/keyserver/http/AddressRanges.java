package io.keymux.keyserver.http;

import io.keymux.cpix.Bytes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * What an address is for.
 *
 * @see "IANA IPv4 and IPv6 Special-Purpose Address Registries"
 */
final class AddressRanges {
  private static final List<Range> NOT_PUBLIC_V4 =
      ranges(
          "0.0.0.0/8", // this network
          "10.0.0.0/8",
          "100.64.0.0/10", // shared by carriers
          "127.0.0.0/8",
          "169.254.0.0/16", // link-local, with the metadata of clouds
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24", // documentation
          "192.88.99.0/24", // 6to4 relays
          "192.168.0.0/16",
          "198.18.0.0/15", // benchmarks
          "198.51.100.0/24", // documentation
          "203.0.113.0/24", // documentation
          "224.0.0.0/4", // multicast
          "240.0.0.0/4"); // reserved, and broadcast

  /** The only block that is routed; what is special inside it follows. */
  private static final Range GLOBAL_V6 = Range.of("2000::/3");

  private static final List<Range> NOT_PUBLIC_V6 =
      ranges(
          "2001::/23", // protocol assignments, Teredo among them
          "2001:db8::/32", // documentation
          "2002::/16", // 6to4 leads into IPv4
          "3fff::/20"); // documentation

  private static final Range NAT64 = Range.of("64:ff9b::/96");

  private AddressRanges() {}

  /** Whether it is one of the public internet. */
  static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length == 4) {
      return NOT_PUBLIC_V4.stream().noneMatch(range -> range.contains(bytes));
    }
    if (NAT64.contains(bytes)) {
      byte[] inside = Arrays.copyOfRange(bytes, 12, 16);
      return NOT_PUBLIC_V4.stream().noneMatch(range -> range.contains(inside));
    }
    return GLOBAL_V6.contains(bytes)
        && NOT_PUBLIC_V6.stream().noneMatch(range -> range.contains(bytes));
  }

  private static List<Range> ranges(String... texts) {
    return Arrays.stream(texts).map(Range::of).toList();
  }

  /** Addresses that begin with the same bits. */
  private record Range(Bytes prefix, int bits) {

    static Range of(String text) {
      int slash = text.indexOf('/');
      try {
        // A literal: no name is looked up.
        Bytes prefix = Bytes.copyOf(InetAddress.getByName(text.substring(0, slash)).getAddress());
        return new Range(prefix, Integer.parseInt(text.substring(slash + 1)));
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException(text, e);
      }
    }

    boolean contains(byte[] address) {
      byte[] first = prefix.toArray();
      if (address.length != first.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if (((address[bit / 8] ^ first[bit / 8]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }
}
