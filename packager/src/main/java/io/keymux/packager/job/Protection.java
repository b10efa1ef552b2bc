package io.keymux.packager.job;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.signaling.SignalingSettings;
import io.keymux.packager.encrypt.Pattern;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The part of a wish that is about keys and ciphers. An instance that exists holds no
 * contradiction.
 *
 * @param systems DRM systems in the order of their signalling, at least one
 * @param pattern of video in the schemes with one; they take 1:9, 5:5 and 10:0
 * @param keyRule which tracks share a key
 * @param iv 8 or 16 bytes that IVs start from (cenc, cens, cbc1) or are (cbcs), or null to derive
 *     them
 * @param ivBytes of the IV of each sample in counter mode: 8 or 16
 * @param schedule when it is encrypted
 * @param clearTracks names of tracks that stay clear
 */
public record Protection(
    Set<DrmSystem> systems,
    ProtectionScheme scheme,
    Pattern pattern,
    KeyRule keyRule,
    @Nullable Bytes iv,
    int ivBytes,
    KeySchedule schedule,
    Set<String> clearTracks,
    SignalingSettings signaling) {
  private static final Set<Pattern> PATTERNS =
      Set.of(Pattern.ONE_OF_TEN, new Pattern(5, 5), new Pattern(10, 0));

  /**
   * @throws InvalidJobException naming the field, if it cannot be done
   */
  public Protection {
    systems = Collections.unmodifiableSet(new LinkedHashSet<>(systems));
    clearTracks = Set.copyOf(clearTracks);
    requireScheme(scheme, systems);
    requireAlone(systems, DrmSystem.AES_128);
    requireAlone(systems, DrmSystem.SAMPLE_AES);
    requirePattern(scheme, pattern, systems);
    requireIv(iv, ivBytes, scheme);
  }

  /**
   * One key for all tracks from the first instant, the pattern 1:9 and signalling by default.
   *
   * @throws InvalidJobException with code {@code scheme-not-supported} if a system never plays the
   *     scheme
   */
  public static Protection of(Set<DrmSystem> systems, ProtectionScheme scheme) {
    return new Protection(
        systems,
        scheme,
        Pattern.ONE_OF_TEN,
        KeyRule.PRESET0,
        null,
        8,
        KeySchedule.ALWAYS,
        Set.of(),
        SignalingSettings.DEFAULT);
  }

  public Protection with(KeyRule other) {
    return new Protection(
        systems, scheme, pattern, other, iv, ivBytes, schedule, clearTracks, signaling);
  }

  public Protection with(KeySchedule other) {
    return new Protection(
        systems, scheme, pattern, keyRule, iv, ivBytes, other, clearTracks, signaling);
  }

  public Protection with(SignalingSettings other) {
    return new Protection(
        systems, scheme, pattern, keyRule, iv, ivBytes, schedule, clearTracks, other);
  }

  /**
   * @param tracks names of those that stay clear
   */
  public Protection withClear(Set<String> tracks) {
    return new Protection(
        systems, scheme, pattern, keyRule, iv, ivBytes, schedule, tracks, signaling);
  }

  /**
   * The pattern {@code crypt:skip}.
   *
   * @throws InvalidJobException with code {@code invalid-pattern} unless it is 1:9, 5:5 or 10:0
   */
  public static Pattern pattern(String text) {
    for (Pattern pattern : PATTERNS) {
      if (text.equals(pattern.cryptBlocks() + ":" + pattern.skipBlocks())) {
        return pattern;
      }
    }
    throw invalidPattern(
        "\"" + text + "\" is not a pattern.", "Use 1:9, 5:5 or 10:0; players expect 1:9.");
  }

  private static void requireScheme(ProtectionScheme scheme, Set<DrmSystem> systems) {
    for (DrmSystem system : systems) {
      if (!system.signals(scheme)) {
        throw new InvalidJobException(
            "scheme-not-supported",
            "protection.scheme",
            "%s never plays %s.".formatted(system.id(), scheme.fourCc()),
            "Use cbcs, or leave " + system.id() + " out of protection.systems.");
      }
    }
  }

  private static void requireAlone(Set<DrmSystem> systems, DrmSystem system) {
    if (systems.contains(system) && systems.size() > 1) {
      throw new InvalidJobException(
          "system-not-alone",
          "protection.systems",
          system.id() + " is another encryption than that of the other systems.",
          "Name " + system.id() + " alone, or leave it out.");
    }
  }

  private static void requirePattern(
      ProtectionScheme scheme, Pattern pattern, Set<DrmSystem> systems) {
    if (!scheme.pattern() || pattern.equals(Pattern.ONE_OF_TEN)) {
      return;
    }
    String text = pattern.cryptBlocks() + ":" + pattern.skipBlocks();
    if (!PATTERNS.contains(pattern)) {
      throw invalidPattern(
          text + " is not a pattern that codecs are bound to.", "Use 1:9, 5:5 or 10:0.");
    }
    if (systems.contains(DrmSystem.FAIRPLAY)) {
      throw invalidPattern(
          "FairPlay decrypts the pattern 1:9 only, not " + text + ".",
          "Leave protection.pattern out, or fairplay out of protection.systems.");
    }
  }

  private static InvalidJobException invalidPattern(String problem, String remedy) {
    return new InvalidJobException("invalid-pattern", "protection.pattern", problem, remedy);
  }

  private static void requireIv(@Nullable Bytes iv, int ivBytes, ProtectionScheme scheme) {
    if (ivBytes != 8 && ivBytes != 16) {
      throw new InvalidJobException(
          "invalid-iv-size",
          "protection.ivSize",
          "IVs of " + ivBytes + " bytes do not exist.",
          "Use 8 or 16.");
    }
    if (iv != null && iv.size() != (scheme.counterMode() ? ivBytes : 16)) {
      throw new InvalidJobException(
          "invalid-iv",
          "protection.iv",
          "An IV of %d bytes does not fit %s.".formatted(iv.size(), scheme.fourCc()),
          scheme.counterMode() ? "Give 16 or 32 hex digits." : "Give 32 hex digits.");
    }
  }
}
