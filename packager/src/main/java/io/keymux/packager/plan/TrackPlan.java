package io.keymux.packager.plan;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.TrackType;
import io.keymux.packager.media.TrackDetails;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All decisions about one track, or about a part of it that has an init segment of its own.
 *
 * @param part counts from 0; a track has several where key periods get new init segments
 * @param decodeTimeShift what is added to the input's decode times, in ticks
 * @param firstNumber of its segments; the first part of a track starts with 1
 * @param segments at least one
 * @param spans in order, all segments in exactly one
 * @param segmentKeys of each segment, null where it stays clear; empty unless segments are
 *     encrypted otherwise than by Common Encryption
 * @param initKey what the init segment is encrypted with as a file, with an IV of its own; null if
 *     it stays clear
 */
public record TrackPlan(
    TrackSource source,
    int part,
    long decodeTimeShift,
    int firstNumber,
    List<SegmentPlan> segments,
    List<ProtectionSpan> spans,
    List<@Nullable SegmentKey> segmentKeys,
    @Nullable SegmentKey initKey) {
  public TrackPlan {
    segments = List.copyOf(segments);
    spans = List.copyOf(spans);
    segmentKeys = Collections.unmodifiableList(new ArrayList<>(segmentKeys));
  }

  /** With a clear init segment. */
  public TrackPlan(
      TrackSource source,
      int part,
      long decodeTimeShift,
      int firstNumber,
      List<SegmentPlan> segments,
      List<ProtectionSpan> spans,
      List<@Nullable SegmentKey> segmentKeys) {
    this(source, part, decodeTimeShift, firstNumber, segments, spans, segmentKeys, null);
  }

  /** The same with an encrypted init segment. */
  TrackPlan withInitKey(@Nullable SegmentKey key) {
    return new TrackPlan(
        source, part, decodeTimeShift, firstNumber, segments, spans, segmentKeys, key);
  }

  /** What a segment is encrypted with other than by Common Encryption, or null. */
  public @Nullable SegmentKey segmentKey(int segment) {
    return segmentKeys.isEmpty() ? null : segmentKeys.get(segment);
  }

  public String name() {
    return source.track().name();
  }

  public boolean isText() {
    return source.media().type() == TrackType.TEXT;
  }

  /** Whether the samples are WebVTT cues, which HLS takes as files of text. */
  public boolean isWebVtt() {
    return source.media().entry().format().equals("wvtt");
  }

  /** What manifests say of the track, with what its key brings. */
  public TrackDetails details() {
    return source.details().with(PolicyRule.of(source, firstKey()));
  }

  /** The key of the first segment that is not clear, or null if all stay clear. */
  @Nullable ContentKey firstKey() {
    TrackEncryption encryption = encryption();
    SegmentKey key = firstSegmentKey();
    return encryption != null ? encryption.key() : key == null ? null : key.key();
  }

  /** How a segment is encrypted, or null if it stays clear. */
  public @Nullable TrackEncryption encryption(int segment) {
    for (ProtectionSpan span : spans) {
      if (segment < span.endSegment()) {
        return span.encryption();
      }
    }
    throw new IndexOutOfBoundsException("segment " + segment + " of " + segments.size());
  }

  /**
   * What the init segment says: the encryption of the first segment that is not clear, or null if
   * all stay clear.
   */
  public @Nullable TrackEncryption encryption() {
    return spans.stream()
        .map(ProtectionSpan::encryption)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** The key of that id, or null if no segment is encrypted with it. */
  public @Nullable ContentKey key(KeyId id) {
    for (ProtectionSpan span : spans) {
      TrackEncryption encryption = span.encryption();
      if (encryption != null && encryption.key().id().equals(id)) {
        return encryption.key();
      }
    }
    return null;
  }

  /** The first KID in use, or null if all segments stay clear. */
  public @Nullable KeyId keyId() {
    ContentKey key = firstKey();
    return key == null ? null : key.id();
  }

  /** Which usage rule gave the first key, for people; empty if all segments stay clear. */
  public String rule() {
    TrackEncryption encryption = encryption();
    SegmentKey key = firstSegmentKey();
    return encryption != null ? encryption.rule() : key == null ? "" : key.rule();
  }

  /** Of the first segment that is not clear, or null if all are, or samples are encrypted. */
  @Nullable SegmentKey firstSegmentKey() {
    return segmentKeys.stream().filter(Objects::nonNull).findFirst().orElse(null);
  }

  /** Whether segments that stay clear need a sample entry of their own. */
  public boolean isPartlyClear() {
    return encryption() != null && spans.stream().anyMatch(span -> span.encryption() == null);
  }
}
