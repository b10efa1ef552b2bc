package io.keymux.testvectors.judge;

import io.keymux.cpix.KeyId;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which AES-CTR counter blocks each key was used with, over any number of tracks, and
 * which IVs of cbc1. A block used twice under one key gives both plain texts away; an IV of cbc1,
 * that they start alike.
 */
public final class CounterLedger {
  private static final BigInteger BLOCK = BigInteger.valueOf(16);

  /** A run of counter blocks. */
  private record Run(BigInteger end, String owner) {}

  private final Map<KeyId, TreeMap<BigInteger, Run>> runs = new HashMap<>();

  /**
   * Enters all samples of a track.
   *
   * @param owner name of the track, for the findings
   * @return a sentence for each sample that uses a block again; empty if all is well
   */
  public List<String> enter(String owner, JudgedTrack track) {
    List<String> findings = new ArrayList<>();
    int number = 0;
    for (JudgedSample sample : track.samples()) {
      number++;
      JudgedSample.@Nullable Cover cover = sample.cover();
      if (cover != null && !cover.scheme().equals("cbcs") && cover.cipherBytes() > 0) {
        enter(owner + " sample " + number, cover, findings);
      }
    }
    return findings;
  }

  private void enter(String owner, JudgedSample.Cover cover, List<String> findings) {
    byte[] block = java.util.Arrays.copyOf(cover.iv().toArray(), 16);
    BigInteger first = new BigInteger(1, block);
    BigInteger blocks =
        cover.scheme().equals("cbc1")
            ? BigInteger.ONE
            : BigInteger.valueOf(cover.cipherBytes())
                .add(BLOCK)
                .subtract(BigInteger.ONE)
                .divide(BLOCK);
    BigInteger end = first.add(blocks);
    TreeMap<BigInteger, Run> used = runs.computeIfAbsent(cover.keyId(), id -> new TreeMap<>());
    Map.@Nullable Entry<BigInteger, Run> before = used.lowerEntry(end);
    if (before != null && before.getValue().end().compareTo(first) > 0) {
      findings.add(
          "KID %s: %s uses counter blocks of %s again"
              .formatted(cover.keyId(), owner, before.getValue().owner()));
    }
    used.put(first, new Run(end, owner));
  }
}
