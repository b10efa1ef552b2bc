package io.keymux.api.keyserver.drmtoday;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.keymux.api.json.Json;
import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.SecretBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads the body of a key ingest. Fields that are not known are passed over: what else DRMtoday
 * takes is not public.
 */
final class IngestReader {
  private static final int MOST_ASSETS = 100;
  private static final int MOST_KEYS = 64;
  private static final int MOST_SIGNALING = 16;

  private IngestReader() {}

  /**
   * @return holds keys, so the caller closes it
   * @throws io.keymux.api.problem.RequestException with status 400 if it is not JSON or a value is
   *     of another type, 422 if a value cannot be used; it tells the place, never the value
   */
  static IngestRequest read(byte[] body) {
    JsonPlace root = new JsonPlace(Json.read(body, JsonNode.class), JsonPointer.empty());
    if (!root.node().isObject()) {
      throw root.wrongType("an object");
    }
    JsonPlace signaling = root.field("signaling");
    Set<ProtectionScheme> schemes = schemes(signaling.field("enc"));
    Set<DrmSystem> systems = systems(signaling.field("system"));
    List<JsonPlace> entries = root.field("assets").entries(MOST_ASSETS);
    if (entries.isEmpty()) {
      throw root.field("assets").invalid("is missing or empty.");
    }
    List<IngestRequest.Asset> assets = new ArrayList<>();
    IngestRequest read = new IngestRequest(assets, schemes, systems);
    try {
      entries.forEach(entry -> read(entry, assets));
      return read;
    } catch (RuntimeException e) {
      read.close();
      throw e;
    }
  }

  /** Adds the asset before its keys, so that none stays behind if a later one is refused. */
  private static void read(JsonPlace place, List<IngestRequest.Asset> assets) {
    if (!place.node().isObject()) {
      throw place.wrongType("an object");
    }
    List<JsonPlace> entries = place.field("ingestKeys").entries(MOST_KEYS);
    if (entries.isEmpty()) {
      throw place.field("ingestKeys").invalid("is missing or empty.");
    }
    List<IngestRequest.Key> keys = new ArrayList<>();
    assets.add(
        new IngestRequest.Asset(
            required(place.field("assetId")),
            place.field("variantId").text(),
            place.field("overwriteExistingKeys").truth(false),
            keys));
    entries.forEach(entry -> keys.add(key(entry)));
  }

  private static IngestRequest.Key key(JsonPlace place) {
    if (!place.node().isObject()) {
      throw place.wrongType("an object");
    }
    place.field("clearKey").truth(false);
    JsonPlace iv = place.field("iv");
    return new IngestRequest.Key(
        required(place.field("streamType")),
        KeyId.ofBytes(place.field("keyId").block()),
        value(place.field("key")),
        iv.missing() ? null : Bytes.copyOf(iv.block()),
        place.field("keyRotationId").text());
  }

  private static SecretBytes value(JsonPlace place) {
    byte[] value = place.block();
    try {
      if (Arrays.equals(value, new byte[value.length])) {
        throw place.invalid("is all zero.");
      }
      return SecretBytes.copyOf(value);
    } finally {
      Arrays.fill(value, (byte) 0);
    }
  }

  private static String required(JsonPlace place) {
    String text = place.text();
    if (text.isBlank()) {
      throw place.invalid("is missing or empty.");
    }
    return text;
  }

  private static Set<ProtectionScheme> schemes(JsonPlace list) {
    Set<ProtectionScheme> schemes = EnumSet.noneOf(ProtectionScheme.class);
    for (JsonPlace entry : list.entries(MOST_SIGNALING)) {
      schemes.add(
          switch (entry.text()) {
            case "cenc" -> ProtectionScheme.CENC;
            case "cbcs" -> ProtectionScheme.CBCS;
            default -> throw entry.invalid("is not cenc or cbcs.");
          });
    }
    return schemes.isEmpty() ? EnumSet.of(ProtectionScheme.CENC) : schemes;
  }

  private static Set<DrmSystem> systems(JsonPlace list) {
    Set<DrmSystem> systems = EnumSet.noneOf(DrmSystem.class);
    for (JsonPlace entry : list.entries(MOST_SIGNALING)) {
      String id = entry.text().toLowerCase(Locale.ROOT);
      systems.add(
          DrmSystem.LICENSED.stream()
              .filter(system -> system.systemId().toString().equals(id))
              .findFirst()
              .orElseThrow(() -> entry.invalid("is no DRM system that this server knows.")));
    }
    return systems.isEmpty() ? DrmSystem.LICENSED : systems;
  }
}
