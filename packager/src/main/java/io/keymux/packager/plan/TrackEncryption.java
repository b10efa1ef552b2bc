package io.keymux.packager.plan;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.packager.encrypt.Pattern;
import io.keymux.packager.encrypt.SampleIvs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How samples of one track are encrypted, as long as its key does not change.
 *
 * @param ivs of its samples
 * @param pattern {@link Pattern#NONE} if protected ranges are encrypted whole
 * @param signaling one entry for each DRM system, in the job's order
 * @param fragmentPssh {@code pssh} boxes that each segment brings itself; empty if the init segment
 *     says it all
 * @param rule which usage rule gave the key, for people
 */
public record TrackEncryption(
    ContentKey key,
    ProtectionScheme scheme,
    SampleIvs ivs,
    Pattern pattern,
    List<DrmSignaling> signaling,
    List<Bytes> fragmentPssh,
    String rule) {
  public TrackEncryption {
    signaling = List.copyOf(signaling);
    fragmentPssh = List.copyOf(fragmentPssh);
  }

  /** The {@code pssh} boxes of the init segment: equal boxes of different keys appear once. */
  public List<Bytes> pssh() {
    return pssh(signaling);
  }

  /** The {@code pssh} boxes of some signalling: equal ones appear once. */
  public static List<Bytes> pssh(List<DrmSignaling> signaling) {
    return signaling.stream()
        .map(DrmSignaling::pssh)
        .filter(pssh -> pssh != null && !pssh.isEmpty())
        .distinct()
        .toList();
  }

  // Written out: what the compiler makes is linked at run time, which a short job would feel.
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof TrackEncryption that
            && key.equals(that.key)
            && scheme == that.scheme
            && ivs.equals(that.ivs)
            && pattern.equals(that.pattern)
            && signaling.equals(that.signaling)
            && fragmentPssh.equals(that.fragmentPssh)
            && rule.equals(that.rule));
  }

  @Override
  public int hashCode() {
    return key.id().hashCode();
  }
}
