package io.keymux.keyserver.drmtoday;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.SeedKeys;
import java.util.Base64;
import java.util.HexFormat;

/** Answers in the shapes that public clients of DRMtoday read, for the keys of a seed of ours. */
public final class IngestAnswers {
  public static final SeedKeys PRODUCER =
      SeedKeys.of(SecretBytes.copyOf(new byte[SeedKeys.SEED_BYTES]));

  private IngestAnswers() {}

  /** The producer's key for the rule of that number. */
  public static ContentKey made(KeyRequest request, int rule) {
    CpixDocument document = PRODUCER.exchange(request);
    return document.contentKey(document.usageRules().get(rule).keyId()).orElseThrow();
  }

  public static String hex(ContentKey key) {
    return HexFormat.of().formatHex(key.value().reveal());
  }

  public static String b64(ContentKey key) {
    return Base64.getEncoder().encodeToString(key.value().reveal());
  }

  public static String id(ContentKey key) {
    return Bytes.copyOf(key.id().toBytes()).toBase64();
  }

  /**
   * @param more further members, each after a comma
   */
  public static String key(String streamType, ContentKey key, String more) {
    return "{\"keyId\":\"%s\",\"key\":\"%s\",\"streamType\":\"%s\"%s}"
        .formatted(id(key), b64(key), streamType, more);
  }

  public static String asset(String... keys) {
    return "{\"assets\":[{\"assetId\":\"movie-1\",\"keys\":[" + String.join(",", keys) + "]}]}";
  }

  public static String cencResponse(String systemId, String name, Bytes content) {
    return (",\"cencResponse\":{\"systemId\":{\"%s\":{\"name\":\"%s\","
            + "\"psshBoxContent\":\"%s\"}}}")
        .formatted(systemId, name, content.toBase64());
  }
}
