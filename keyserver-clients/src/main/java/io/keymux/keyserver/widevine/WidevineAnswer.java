package io.keymux.keyserver.widevine;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.Filter;
import io.keymux.cpix.Filter.KeyPeriodFilter;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyPeriod;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.UsageRule;
import io.keymux.keyserver.answer.GivenPssh;
import io.keymux.keyserver.answer.JsonAnswer;
import io.keymux.keyserver.answer.KeyAssignment;
import io.keymux.keyserver.answer.ReceivedKey;
import io.keymux.keyserver.answer.ReceivedKeys;
import io.keymux.keyserver.http.KeyExchangeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a document of an answer whose status is OK. */
final class WidevineAnswer {
  private final String host;
  private final KeyRequest request;
  private final @Nullable CryptoPeriods periods;
  private final GivenPssh given;
  private final ReceivedKeys received;
  private final List<DrmSignaling> signaling = new ArrayList<>();

  /**
   * @param asked the KID of the request for each track type that was sent
   */
  WidevineAnswer(
      String host, KeyRequest request, Map<String, KeyId> asked, @Nullable CryptoPeriods periods) {
    this.host = host;
    this.request = request;
    this.periods = periods;
    this.given = new GivenPssh(host, request);
    this.received = new ReceivedKeys(host, request, asked);
  }

  CpixDocument document(JsonAnswer answer) {
    List<JsonAnswer> tracks = answer.objects("tracks");
    if (periods == null) {
      KeyAssignment keys = received.assign(keys(tracks));
      tracks.forEach(this::addSignaling);
      return keys.answer(request, signaling);
    }
    Map<Long, List<JsonAnswer>> byPeriod = byPeriod(tracks, periods);
    Map<Long, KeyAssignment> keys = new LinkedHashMap<>();
    byPeriod.forEach(
        (index, part) ->
            keys.put(index, received.assign(keys(part), " of crypto period " + index)));
    tracks.forEach(this::addSignaling);
    return keys.size() == 1
        ? keys.values().iterator().next().answer(request, signaling)
        : rotating(keys);
  }

  private List<ReceivedKey> keys(List<JsonAnswer> tracks) {
    List<ReceivedKey> keys = new ArrayList<>();
    for (JsonAnswer track : tracks) {
      byte[] value = track.base64("key");
      keys.add(
          new ReceivedKey(
              track.text("type"),
              Bytes.copyOf(track.base64("key_id")),
              SecretBytes.copyOf(value),
              track.optionalBase64("iv").map(Bytes::copyOf).orElse(null)));
      Arrays.fill(value, (byte) 0);
    }
    return keys;
  }

  private Map<Long, List<JsonAnswer>> byPeriod(List<JsonAnswer> tracks, CryptoPeriods wanted) {
    Map<Long, List<JsonAnswer>> byPeriod = new LinkedHashMap<>();
    for (long i = 0; i < wanted.count(); i++) {
      byPeriod.put(wanted.firstIndex() + i, new ArrayList<>());
    }
    for (JsonAnswer track : tracks) {
      List<JsonAnswer> part = byPeriod.get(track.number("crypto_period_index"));
      if (part == null) {
        throw invalid(track.place() + " is of a crypto period that was not asked for");
      }
      part.add(track);
    }
    return byPeriod;
  }

  /** Rules of all periods, each for its own. */
  private CpixDocument rotating(Map<Long, KeyAssignment> keys) {
    List<KeyPeriod> keyPeriods = new ArrayList<>();
    List<ContentKey> all = new ArrayList<>();
    List<UsageRule> rules = new ArrayList<>();
    keys.forEach(
        (index, assignment) -> {
          String id = "period-" + index;
          keyPeriods.add(new KeyPeriod(id, index, null, null));
          CpixDocument part = assignment.answer(request);
          all.addAll(part.contentKeys());
          part.usageRules().forEach(rule -> rules.add(during(id, rule)));
        });
    return new CpixDocument(
        request.contentId(), "2.3", all, List.of(), signaling, keyPeriods, rules);
  }

  private static UsageRule during(String periodId, UsageRule rule) {
    List<Filter> filters = new ArrayList<>(rule.filters());
    filters.add(new KeyPeriodFilter(periodId));
    return new UsageRule(rule.keyId(), rule.intendedTrackType(), filters, rule.usable());
  }

  /** The keys are checked before this is called. */
  private void addSignaling(JsonAnswer track) {
    if (!track.has("pssh")) {
      return;
    }
    KeyId keyId = KeyId.ofBytes(track.base64("key_id"));
    Set<DrmSystem> seen = new HashSet<>();
    for (JsonAnswer pssh : track.objects("pssh")) {
      DrmSystem system = system(pssh);
      if (system == null) {
        continue;
      }
      if (!seen.add(system)) {
        throw invalid("%s has a second %s pssh".formatted(track.place(), system.id()));
      }
      signaling(system, keyId, pssh).ifPresent(signaling::add);
    }
  }

  /** Boxes first: they are what players get. */
  private Optional<DrmSignaling> signaling(DrmSystem system, KeyId keyId, JsonAnswer pssh) {
    Optional<byte[]> box = pssh.optionalBase64("boxes");
    if (box.isPresent()) {
      return given.box(system, keyId, box.get(), pssh.place());
    }
    return pssh.optionalBase64("data")
        .flatMap(data -> given.data(system, keyId, data, pssh.place()));
  }

  private static @Nullable DrmSystem system(JsonAnswer pssh) {
    String type = pssh.text("drm_type").toLowerCase(Locale.ROOT);
    return Arrays.stream(DrmSystem.values())
        .filter(system -> system.id().equals(type))
        .findFirst()
        .orElse(null);
  }

  private KeyExchangeException invalid(String violation) {
    return KeyExchangeException.invalidResponse(host, violation);
  }
}
