package io.keymux.cpix.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.CpixVersion;
import io.keymux.cpix.DocumentDetails;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.Filter;
import io.keymux.cpix.KeyDetails;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyPeriod;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.RequestedKey;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.UpdateHistoryItem;
import io.keymux.cpix.UsageRule;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Documents that say something different each time, all of it legal in their version. */
final class RandomContent {
  private final Random random;
  private final CpixVersion version;
  private final List<KeyPeriod> periods = new ArrayList<>();

  RandomContent(long seed, CpixVersion version) {
    this.random = new Random(seed);
    this.version = version;
  }

  CpixDocument document() {
    List<ContentKey> keys = new ArrayList<>();
    List<RequestedKey> requested = new ArrayList<>();
    List<KeyId> ids = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      KeyId id = keyId();
      ids.add(id);
      if (random.nextInt(4) > 0) {
        keys.add(new ContentKey(id, secret(), scheme(), maybe(bytes(16)), details()));
      } else {
        requested.add(new RequestedKey(id, scheme(), maybe(bytes(16)), details()));
      }
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      periods.add(period("p" + i));
    }
    List<DrmSignaling> systems = new ArrayList<>();
    List<UsageRule> rules = new ArrayList<>();
    for (KeyId id : ids) {
      for (DrmSystem system : DrmSystem.values()) {
        if (random.nextBoolean()) {
          systems.add(signaling(system.systemId(), id));
        }
      }
      rules.add(new UsageRule(id, random.nextBoolean() ? text() : "", filters()));
    }
    return new CpixDocument(
        maybe(text()),
        attribute(),
        keys,
        requested,
        systems,
        periods,
        random.nextInt(5) == 0 ? List.of() : rules,
        documentDetails());
  }

  ContentKey key() {
    return new ContentKey(keyId(), secret(), scheme(), maybe(bytes(16)));
  }

  DrmSignaling signaling(UUID system, KeyId id) {
    return new DrmSignaling(
        system,
        id,
        maybe(bytes(random.nextInt(80))),
        maybe("<a xmlns=\"urn:" + random.nextInt() + "\"/>"),
        maybe("#EXT-X-KEY:" + random.nextInt()),
        maybe("#EXT-X-SESSION-KEY:" + random.nextInt()),
        maybe(Base64.getEncoder().encodeToString(bytes(9).toArray())));
  }

  private @Nullable String attribute() {
    return version.isAtLeast(CpixVersion.V2_3) ? version.text() : null;
  }

  private KeyDetails details() {
    return version.isAtLeast(CpixVersion.V2_4) && random.nextBoolean()
        ? new KeyDetails(null, maybe(text()), null, "TYPE-1", maybe("<o/>"))
        : KeyDetails.NONE;
  }

  private DocumentDetails documentDetails() {
    List<UpdateHistoryItem> history = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      history.add(new UpdateHistoryItem(null, i, Integer.toString(i), text(), time()));
    }
    return new DocumentDetails(null, maybe(text()), List.of(), history);
  }

  private KeyPeriod period(String id) {
    return version.isAtLeast(CpixVersion.V2_4)
        ? new KeyPeriod(
            id,
            null,
            null,
            null,
            text(),
            Duration.ofMillis(random.nextInt() & 0xffff),
            null,
            Duration.ofSeconds(random.nextInt(9999)))
        : new KeyPeriod(id, (long) random.nextInt(1000), null, null);
  }

  private List<Filter> filters() {
    List<Filter> filters = new ArrayList<>();
    if (!periods.isEmpty() && random.nextBoolean()) {
      filters.add(new Filter.KeyPeriodFilter(periods.get(random.nextInt(periods.size())).id()));
    }
    if (random.nextBoolean()) {
      filters.add(new Filter.LabelFilter(text()));
    }
    if (random.nextBoolean()) {
      filters.add(
          new Filter.VideoFilter(
              maybe(random.nextLong(1L << 32)),
              maybe(random.nextLong(1L << 32)),
              maybe((long) random.nextInt(100)),
              maybe((long) random.nextInt(100)),
              maybe(random.nextBoolean()),
              maybe(random.nextBoolean())));
    }
    if (random.nextBoolean()) {
      filters.add(new Filter.AudioFilter(maybe(random.nextInt(9)), maybe(random.nextInt(9))));
    }
    if (random.nextBoolean()) {
      filters.add(new Filter.BitrateFilter((long) random.nextInt(1 << 30), null));
    }
    return filters;
  }

  private @Nullable ProtectionScheme scheme() {
    return version.isAtLeast(CpixVersion.V2_3)
        ? maybe(List.of(ProtectionScheme.values()).get(random.nextInt(4)))
        : null;
  }

  private OffsetDateTime time() {
    return OffsetDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC)
        .plusSeconds(random.nextInt(1 << 28));
  }

  private KeyId keyId() {
    return new KeyId(new UUID(random.nextLong(), random.nextLong()));
  }

  private SecretBytes secret() {
    return SecretBytes.copyOf(bytes(16).toArray());
  }

  private Bytes bytes(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return Bytes.copyOf(bytes);
  }

  /** Text that tempts serializers; no white space at the ends, which attributes may lose. */
  private String text() {
    String[] words = {
      "a", "<", ">", "&amp;", "]]>", "\"", "'", "é", "漢", "\ud83d\ude00", " ", "=", "x:y"
    };
    StringBuilder text = new StringBuilder("t");
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append(words[random.nextInt(words.length)]);
    }
    return new String(text.append('t').toString().getBytes(UTF_8), UTF_8);
  }

  private <T> @Nullable T maybe(T value) {
    return random.nextBoolean() ? value : null;
  }
}
