package io.keymux.packager.decrypt;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.SecretBytes;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.input.SourcePart;
import io.keymux.packager.isobmff.MediaTrack;
import io.keymux.packager.isobmff.ProtectionSetting;
import io.keymux.packager.isobmff.SampleProtection;
import io.keymux.packager.isobmff.SampleTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * An input as it would be if one of its tracks were not encrypted: bytes that belong to samples of
 * the track are decrypted on the way, all others are as they stand. Safe for use by several
 * threads.
 *
 * <p>A wrong key cannot be noticed here: it gives other bytes, not fewer.
 */
public final class ClearSource implements MediaSource {
  private final MediaSource source;
  private final SampleTable samples;
  private final SampleProtection protection;
  private final SampleSpans spans;
  private final Map<KeyId, SecretBytes> keys;
  private final ConcurrentLinkedQueue<Workplace> idle = new ConcurrentLinkedQueue<>();

  /** What one thread needs at a time. */
  private static final class Workplace {
    private final Map<ProtectionSetting, SampleDecryptor> decryptors = new HashMap<>();
    private @Nullable ProtectionSetting lastSetting;
    private @Nullable SampleDecryptor last;
    private byte[] encrypted = new byte[0];
    private byte[] clear = new byte[0];

    void reserve(int bytes) {
      if (encrypted.length < bytes) {
        encrypted = new byte[bytes + bytes / 2];
        clear = new byte[encrypted.length];
      }
    }
  }

  private ClearSource(
      MediaSource source,
      SampleTable samples,
      SampleProtection protection,
      SampleSpans spans,
      Map<KeyId, SecretBytes> keys) {
    this.source = source;
    this.samples = samples;
    this.protection = protection;
    this.spans = spans;
    this.keys = keys;
  }

  /**
   * The source as the track's reader should see it: itself, if the track is clear.
   *
   * @param source is closed by its owner
   * @param keys of the input
   * @throws DrmException with code {@code input-encrypted} if the track is encrypted and there are
   *     no keys; {@code source-key-missing} if they are those of others
   */
  public static MediaSource of(MediaSource source, MediaTrack track, List<ContentKey> keys) {
    SampleProtection protection = track.protection();
    if (protection == null) {
      return source;
    }
    Map<KeyId, SecretBytes> values = new HashMap<>();
    keys.forEach(key -> values.put(key.id(), key.value()));
    for (ProtectionSetting setting : protection.settings()) {
      if (keys.isEmpty()) {
        throw new DrmException(
            Blame.UNSUPPORTED,
            "input-encrypted",
            "Track %d of input %s is already encrypted (%s, KID %s)."
                .formatted(track.trackId(), source.name(), setting.scheme(), setting.keyId()),
            "Give its keys (--source-keys), or the clear file.");
      }
      if (!values.containsKey(setting.keyId())) {
        throw new DrmException(
            Blame.CALLER,
            "source-key-missing",
            "Track %d of input %s is encrypted with KID %s, which is not among the source keys."
                .formatted(track.trackId(), source.name(), setting.keyId()),
            "Add its key.");
      }
    }
    SampleSpans spans = SampleSpans.of(track.samples(), source.name());
    return new ClearSource(source, track.samples(), protection, spans, values);
  }

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public long size() {
    return source.size();
  }

  @Override
  public SourcePart part(long position) {
    return source.part(position);
  }

  @Override
  public void read(long position, byte[] target, int offset, int length) {
    source.read(position, target, offset, length);
    Workplace work = Objects.requireNonNullElseGet(idle.poll(), Workplace::new);
    long end = position + length;
    for (int i = spans.firstBehind(position); i < spans.count(); i++) {
      int sample = spans.at(i);
      if (samples.offset(sample) >= end) {
        break;
      }
      ProtectionSetting setting = protection.setting(sample);
      if (setting != null) {
        decrypt(sample, setting, work, position, target, offset, length);
      }
    }
    idle.add(work);
  }

  /** Decrypts what of the sample lies in the range that was read. */
  private void decrypt(
      int sample,
      ProtectionSetting setting,
      Workplace work,
      long position,
      byte[] target,
      int offset,
      int length) {
    int size = samples.size(sample);
    long start = samples.offset(sample);
    work.reserve(size);
    SampleDecryptor decryptor = decryptor(work, setting);
    if (start >= position && start + size <= position + length) {
      int at = offset + (int) (start - position);
      System.arraycopy(target, at, work.encrypted, 0, size);
      decryptor.decrypt(sample, work.encrypted, target, at, size);
      return;
    }
    source.read(start, work.encrypted, 0, size);
    System.arraycopy(work.encrypted, 0, work.clear, 0, size);
    decryptor.decrypt(sample, work.encrypted, work.clear, 0, size);
    int from = (int) Math.max(0, position - start);
    int to = (int) Math.min(size, position + length - start);
    System.arraycopy(work.clear, from, target, offset + (int) (start + from - position), to - from);
  }

  /** Neighbours mostly share a setting. */
  private SampleDecryptor decryptor(Workplace work, ProtectionSetting setting) {
    SampleDecryptor last = work.last;
    if (last != null && setting.equals(work.lastSetting)) {
      return last;
    }
    SampleDecryptor found =
        work.decryptors.computeIfAbsent(
            setting,
            s ->
                new SampleDecryptor(
                    protection, s, Objects.requireNonNull(keys.get(s.keyId()), "checked before")));
    work.last = found;
    work.lastSetting = setting;
    return found;
  }

  /** The source belongs to whoever opened it. */
  @Override
  public void close() {
    idle.clear();
  }
}
