package io.keymux.packager.bento4;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.TrackType;
import io.keymux.packager.encrypt.Pattern;
import io.keymux.packager.encrypt.SampleIvs;
import io.keymux.packager.job.EncryptionKind;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.job.Protection;
import io.keymux.packager.plan.TrackEncryption;
import io.keymux.packager.plan.TrackPlan;
import io.keymux.packager.plan.TrackSource;
import java.util.List;
import java.util.Set;

/**
 * What {@code mp4encrypt} cannot do, or does wrong without saying so. Most is known before any key
 * is asked for.
 */
public final class Bento4Limits {
  private static final String CODE = "bento4-not-supported";

  /** What it splits into subsamples; all other video it encrypts whole, whatever its binding. */
  private static final Set<String> SPLIT_VIDEO =
      Set.of("avc1", "avc3", "dva1", "dvav", "hvc1", "hev1", "dvh1", "dvhe");

  private static final int HALF_IV_BYTES = 8;

  private Bento4Limits() {}

  /**
   * Refuses a job before any key is there.
   *
   * @throws DrmException with code {@value #CODE}, naming the field or the track
   */
  public static void require(PackagingJob job, List<TrackSource> sources) {
    Protection protection = job.protection();
    if (job.kind() != EncryptionKind.COMMON_ENCRYPTION) {
      throw refused(
          "protection.systems: mp4encrypt does Common Encryption only, not AES-128, SAMPLE-AES or"
              + " MPEG-TS.");
    }
    if (protection.schedule().rotates() || protection.schedule().clearLeadSeconds() > 0) {
      throw refused(
          "protection.keyPeriod, protection.clearLead: mp4encrypt has one key for all of a track.");
    }
    ProtectionScheme scheme = protection.scheme();
    if (scheme.pattern() && !protection.pattern().equals(Pattern.ONE_OF_TEN)) {
      throw refused(
          "protection.pattern: mp4encrypt has the pattern 1:9 only, not %d:%d."
              .formatted(protection.pattern().cryptBlocks(), protection.pattern().skipBlocks()));
    }
    if (scheme == ProtectionScheme.CENS && protection.ivBytes() != SampleIvs.BLOCK_BYTES) {
      throw new DrmException(
          Blame.UNSUPPORTED,
          CODE,
          "protection.ivSize: in cens mp4encrypt writes IVs of 16 bytes, and announces 8 if told"
              + " to.",
          "Ask for 16 (--iv-size 16), or use the engine native.");
    }
    Bytes iv = protection.iv();
    if (iv != null && scheme.counterMode()) {
      requireZeroLowHalf("protection.iv", iv.toArray());
    }
    for (TrackSource source : sources) {
      boolean text = source.media().type() == TrackType.TEXT;
      if (!text && !protection.clearTracks().contains(source.keyTrack().name())) {
        requireCodec(source, scheme);
      }
    }
  }

  /**
   * Refuses a track whose key brings what cannot be done.
   *
   * @throws DrmException with code {@value #CODE}
   */
  static void require(TrackPlan plan, TrackEncryption encryption) {
    requireCodec(plan.source(), encryption.scheme());
    if (encryption.scheme().counterMode()) {
      byte[] iv = new byte[SampleIvs.BLOCK_BYTES];
      encryption.ivs().fill(0, iv);
      requireZeroLowHalf("Track " + plan.name(), iv);
    }
  }

  /** In CBC it starts anew, and with one range there is nothing to run on to. */
  static DrmException patternRunsOn(TrackPlan plan, int sample) {
    return refused(
        "Track %s, sample %d: in cens the pattern of mp4encrypt runs on from one protected range to the"
                .formatted(plan.name(), sample)
            + " next, where others start it anew.");
  }

  private static void requireCodec(TrackSource source, ProtectionScheme scheme) {
    String format = source.media().entry().format();
    String name = source.track().name();
    switch (source.media().type()) {
      case VIDEO -> {
        if (!SPLIT_VIDEO.contains(format)) {
          throw refused(
              "Track %s: mp4encrypt encrypts samples of %s whole, which the binding of that codec to"
                      .formatted(name, format)
                  + " Common Encryption forbids.");
        }
      }
      case AUDIO -> {
        if (format.equals("ac-4") && scheme.pattern()) {
          throw refused(
              "Track %s: mp4encrypt gives ac-4 the pattern of video in %s."
                  .formatted(name, scheme.fourCc()));
        }
      }
      case TEXT -> throw refused("Track %s: mp4encrypt leaves text clear.".formatted(name));
    }
  }

  private static void requireZeroLowHalf(String place, byte[] iv) {
    for (int i = HALF_IV_BYTES; i < iv.length; i++) {
      if (iv[i] != 0) {
        throw refused(
            place
                + ": mp4encrypt sets the low half of an IV of counter mode to zero, which is %s."
                    .formatted(Bytes.copyOf(iv).toHex()));
      }
    }
  }

  private static DrmException refused(String problem) {
    return new DrmException(
        Blame.UNSUPPORTED, CODE, problem, "Use the engine native, which does this.");
  }
}
