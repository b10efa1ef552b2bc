package io.keymux.keyserver.drmtoday;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.answer.GivenPssh;
import io.keymux.keyserver.answer.JsonAnswer;
import io.keymux.keyserver.http.KeyExchangeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks that all keys were taken as they were sent. Errors stand inside an answer with HTTP 200,
 * in words of DRMtoday's that are never repeated.
 */
final class IngestAnswer {
  private final String host;
  private final KeyRequest request;
  private final DrmTodayOptions options;
  private final IngestKeys sent;
  private final GivenPssh given;

  IngestAnswer(String host, KeyRequest request, DrmTodayOptions options, IngestKeys sent) {
    this.host = host;
    this.request = request;
    this.options = options;
    this.sent = sent;
    this.given = new GivenPssh(host, request);
  }

  /**
   * @return the signalling that came along
   */
  List<DrmSignaling> check(JsonAnswer answer) {
    requireNoErrors(answer, "the ingest");
    List<JsonAnswer> assets = answer.objects("assets");
    if (assets.size() != 1) {
      throw invalid("it has %d assets, and 1 was sent".formatted(assets.size()));
    }
    JsonAnswer asset = assets.get(0);
    requireNoErrors(asset, "the asset");
    if (asset.has("assetId") && !asset.text("assetId").equals(request.contentId())) {
      throw invalid("assets[0].assetId is not that of the request");
    }
    // What v3 says of keys is not public; v2 repeats each.
    if (options.version() == IngestVersion.V3 && !asset.has("keys")) {
      return List.of();
    }
    List<DrmSignaling> signaling = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (JsonAnswer key : asset.objects("keys")) {
      String type = key.text("streamType");
      ContentKey own = sent.byType().get(type);
      if (own == null) {
        throw invalid(key.place() + " has a stream type that was not sent");
      }
      requireNoErrors(key, "the key of stream type " + type);
      if (!seen.add(type)) {
        throw invalid("it has more than one key for stream type " + type);
      }
      requireSame(key, type, own);
      signaling.addAll(signaling(key, own));
    }
    sent.byType()
        .keySet()
        .forEach(
            type -> {
              if (!seen.contains(type)) {
                throw invalid("it has no key for stream type " + type);
              }
            });
    return signaling;
  }

  private void requireNoErrors(JsonAnswer part, String what) {
    if (part.hasEntries("errors")) {
      throw KeyExchangeException.refusedAs(host, "errors for " + what, false);
    }
  }

  private void requireSame(JsonAnswer key, String type, ContentKey own) {
    boolean all = options.version() == IngestVersion.V2;
    if (all || key.has("keyId")) {
      requireSame(key, "keyId", type, SecretBytes.copyOf(own.id().toBytes()));
    }
    if (all || key.has("key")) {
      requireSame(key, "key", type, own.value());
    }
    if (key.optionalText("iv").isPresent()
        && own.explicitIv() != null
        && !request.scheme().counterMode()) {
      requireSame(key, "iv", type, SecretBytes.copyOf(own.explicitIv().toArray()));
    }
  }

  private void requireSame(JsonAnswer key, String name, String type, SecretBytes own) {
    byte[] bytes = key.base64(name);
    SecretBytes received = SecretBytes.copyOf(bytes);
    Arrays.fill(bytes, (byte) 0);
    boolean same = received.equals(own);
    received.wipe();
    if (!same) {
      throw invalid("%s of stream type %s is not the one that was sent".formatted(name, type));
    }
  }

  private List<DrmSignaling> signaling(JsonAnswer key, ContentKey own) {
    if (!key.has("cencResponse") || !key.object("cencResponse").has("systemId")) {
      return List.of();
    }
    JsonAnswer systems = key.object("cencResponse").object("systemId");
    List<DrmSignaling> signaling = new ArrayList<>();
    for (String name : systems.names()) {
      for (DrmSystem system : DrmSystem.values()) {
        if (system.systemId().toString().equalsIgnoreCase(name)) {
          JsonAnswer entry = systems.object(name);
          entry
              .optionalBase64("psshBoxContent")
              .flatMap(pssh -> given.either(system, own.id(), pssh, entry.place()))
              .ifPresent(signaling::add);
        }
      }
    }
    return signaling;
  }

  private KeyExchangeException invalid(String violation) {
    return KeyExchangeException.invalidResponse(host, violation);
  }
}
