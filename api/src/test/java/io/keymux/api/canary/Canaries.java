package io.keymux.api.canary;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Secrets that must not be written anywhere, and the search for them. Findings name the secret and
 * its spelling, never the secret itself.
 */
final class Canaries {
  private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Of the first bytes of all spellings: most places of a text are passed by one look. */
  private static final int FILTER_BITS = 22;

  private static final class Needle {
    final String name;
    final byte[] bytes;

    Needle(String name, byte[] bytes) {
      this.name = name;
      this.bytes = bytes;
    }

    boolean standsAt(byte[] text, int at) {
      int end = at + bytes.length;
      return end <= text.length && Arrays.equals(text, at, end, bytes, 0, bytes.length);
    }
  }

  private final Set<String> names = new TreeSet<>();
  private final Map<Long, List<Needle>> byStart = new HashMap<>();
  private final BitSet filter = new BitSet(1 << FILTER_BITS);

  /** A new secret of bytes. */
  byte[] bytes(String name, int size) {
    byte[] secret = new byte[size];
    RANDOM.nextBytes(secret);
    add(name, secret);
    return secret;
  }

  /** A new secret of letters and digits. */
  String word(String name) {
    return text(name, "");
  }

  /**
   * A new secret.
   *
   * @param between characters that are escaped somewhere
   */
  String text(String name, String between) {
    String secret = letters() + between + letters();
    add(name, secret);
    return secret;
  }

  private static String letters() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      text.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
    }
    return text.toString();
  }

  void add(String name, byte[] secret) {
    if (names.add(name)) {
      Spellings.ofBytes(secret).forEach((spelling, bytes) -> put(name + " as " + spelling, bytes));
    }
  }

  void add(String name, String secret) {
    if (names.add(name)) {
      Spellings.ofText(secret).forEach((spelling, bytes) -> put(name + " as " + spelling, bytes));
    }
  }

  private void put(String name, byte[] spelling) {
    byte[] needle = folded(spelling);
    long start = start(needle, 0);
    byStart.merge(start, List.of(new Needle(name, needle)), Canaries::joined);
    filter.set(hash(start));
  }

  private static List<Needle> joined(List<Needle> one, List<Needle> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }

  /** The names of all secrets. */
  Set<String> names() {
    return names;
  }

  Set<String> find(String text) {
    return find(text.getBytes(UTF_8));
  }

  /** What stands in {@code text}: secrets with their spellings; empty if there is none. */
  Set<String> find(byte[] text) {
    byte[] folded = folded(text);
    Set<String> found = new LinkedHashSet<>();
    if (folded.length < Spellings.PART) {
      return found;
    }
    long window = start(folded, 0);
    for (int at = 0; ; at++) {
      if (filter.get(hash(window))) {
        for (Needle needle : byStart.getOrDefault(window, List.of())) {
          if (needle.standsAt(folded, at)) {
            found.add(needle.name);
          }
        }
      }
      int next = at + Spellings.PART;
      if (next == folded.length) {
        return found;
      }
      window = (window << 8) | (folded[next] & 0xff);
    }
  }

  private static long start(byte[] bytes, int at) {
    long start = 0;
    for (int i = at; i < at + Spellings.PART; i++) {
      start = (start << 8) | (bytes[i] & 0xff);
    }
    return start;
  }

  private static int hash(long start) {
    return (int) ((start * 0x9e3779b97f4a7c15L) >>> (64 - FILTER_BITS));
  }

  private static byte[] folded(byte[] bytes) {
    byte[] folded = bytes.clone();
    for (int i = 0; i < folded.length; i++) {
      if (folded[i] >= 'A' && folded[i] <= 'Z') {
        folded[i] = (byte) (folded[i] | 0x20);
      }
    }
    return folded;
  }
}
