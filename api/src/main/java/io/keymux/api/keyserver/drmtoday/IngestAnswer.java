package io.keymux.api.keyserver.drmtoday;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.keymux.cpix.Bytes;
import io.keymux.cpix.KeyId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of the keys; no key is in it. */
record IngestAnswer(List<Asset> assets) {

  record Asset(String assetId, String variantId, List<Key> keys) {}

  /**
   * @param keyId base64
   * @param cencResponse signalling for cenc, or null
   * @param cbcsResponse signalling for cbcs, or null
   * @param errors why the key was not taken; null if it was
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Key(
      String streamType,
      String keyId,
      @Nullable String keyRotationId,
      @Nullable Signaling cencResponse,
      @Nullable Signaling cbcsResponse,
      @Nullable List<String> errors) {

    static Key refused(IngestRequest.Key key, String error) {
      return new Key(key.streamType(), base64(key.id()), rotation(key), null, null, List.of(error));
    }

    static Key taken(IngestRequest.Key key, @Nullable Signaling cenc, @Nullable Signaling cbcs) {
      return new Key(key.streamType(), base64(key.id()), rotation(key), cenc, cbcs, null);
    }

    private static String base64(KeyId id) {
      return Bytes.copyOf(id.toBytes()).toBase64();
    }

    private static @Nullable String rotation(IngestRequest.Key key) {
      return key.rotationId().isEmpty() ? null : key.rotationId();
    }
  }

  /**
   * @param systemId by UUID in lower case
   */
  record Signaling(Map<String, Box> systemId) {}

  /**
   * @param psshBoxContent base64 of the box's data
   * @param pssh base64 of the whole box
   */
  record Box(String name, String psshBoxContent, String pssh) {}
}
