package io.keymux.cpix.xml;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.Filter;
import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.VideoFilter;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.UsageRule;
import io.keymux.cpix.signaling.SignalingGenerator;
import io.keymux.cpix.signaling.SignalingRequest;
import io.keymux.cpix.signaling.SignalingSettings;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** What a SPEKE v2 server answers for a big ladder: 8 video and 3 audio keys, three systems. */
final class SpekeAnswer {
  private static final int VIDEO_KEYS = 8;
  private static final int AUDIO_KEYS = 3;

  private SpekeAnswer() {}

  static byte[] bytes() {
    Random random = new Random(1);
    List<ContentKey> keys = new ArrayList<>();
    List<UsageRule> rules = new ArrayList<>();
    for (int i = 0; i < VIDEO_KEYS + AUDIO_KEYS; i++) {
      byte[] value = new byte[16];
      random.nextBytes(value);
      KeyId id = new KeyId(new UUID(random.nextLong(), random.nextLong()));
      keys.add(new ContentKey(id, SecretBytes.copyOf(value), ProtectionScheme.CBCS, null));
      Filter filter =
          i < VIDEO_KEYS ? VideoFilter.pixels(i * 1000L, i * 1000L + 999) : new AudioFilter(i, i);
      rules.add(new UsageRule(id, "TRACK_" + i, List.of(filter)));
    }
    SignalingRequest request =
        new SignalingRequest(
            "asset",
            ProtectionScheme.CBCS,
            EnumSet.of(DrmSystem.WIDEVINE, DrmSystem.PLAYREADY, DrmSystem.FAIRPLAY),
            keys,
            SignalingSettings.DEFAULT);
    return CpixWriter.write(
        new CpixDocument(
            "asset",
            "2.3",
            keys,
            List.of(),
            SignalingGenerator.generate(request),
            List.of(),
            rules));
  }
}
