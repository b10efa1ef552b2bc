package io.keymux.keyserver.drmtoday;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.SecretBytes;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the body of an ingest. */
record IngestRequest(DrmTodayOptions options, KeyRequest request) {

  /** The body, which the caller wipes. */
  SecretBytes of(IngestKeys keys) {
    try (SecretJson json = new SecretJson()) {
      json.raw("{\"assets\":[{");
      if (options.version() == IngestVersion.V2) {
        json.name("type").text(fairPlay() ? "FAIRPLAY" : "CENC").raw(",");
      }
      json.name("assetId").text(request.contentId());
      json.raw(",").name("variantId").text(options.variantId());
      json.raw(",").name("overwriteExistingKeys").raw("" + options.overwriteExistingKeys());
      json.raw(",").name("ingestKeys").raw("[");
      String separator = "";
      for (Map.Entry<String, ContentKey> key : keys.byType().entrySet()) {
        json.raw(separator);
        write(json, key.getKey(), key.getValue());
        separator = ",";
      }
      json.raw("]}]");
      if (options.version() == IngestVersion.V3 && options.signaling()) {
        signaling(json);
      }
      json.raw("}");
      return json.toSecret();
    }
  }

  /** In counter mode the packager chooses the IVs, and the media carry them. */
  private void write(SecretJson json, String type, ContentKey key) {
    json.raw("{").name("streamType").text(type);
    if (options.version() == IngestVersion.V2) {
      json.raw(",").name("algorithm").text("AES");
    }
    json.raw(",").name("keyId").base64(Bytes.copyOf(key.id().toBytes()));
    json.raw(",").name("key").base64(key.value());
    if (key.explicitIv() != null && !request.scheme().counterMode()) {
      json.raw(",").name("iv").base64(key.explicitIv());
    }
    if (request.keyPeriod() != null) {
      json.raw(",").name("keyRotationId").text(request.keyPeriod().id());
    }
    json.raw("}");
  }

  private void signaling(SecretJson json) {
    json.raw(",\"signaling\":{\"level\":\"all\",\"enc\":[");
    json.text(request.scheme().fourCc()).raw("],\"system\":[");
    json.raw(
        request.systems().stream()
            .filter(system -> system != DrmSystem.CLEARKEY)
            .map(system -> "\"" + system.systemId() + "\"")
            .collect(Collectors.joining(",")));
    json.raw("]}");
  }

  private boolean fairPlay() {
    return request.systems().contains(DrmSystem.FAIRPLAY);
  }
}
