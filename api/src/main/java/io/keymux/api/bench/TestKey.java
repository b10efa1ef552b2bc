package io.keymux.api.bench;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.SecretBytes;
import java.util.HexFormat;

/** The one key of all cases. It is public: peers take keys as arguments, for all to see. */
final class TestKey {
  static final String KID = "eb676abbcb345e96bbcf616630f1a3da";
  static final String KEY = "100b6c20940f779a4589152b57d2dacb";
  static final String IV8 = "0011223344556677";
  static final String IV16 = IV8 + "0000000000000000";

  private TestKey() {}

  /** Answers every request with this key's value. */
  static CpixDocument exchange(KeyRequest request) {
    SecretBytes value = SecretBytes.copyOf(HexFormat.of().parseHex(KEY));
    return CpixDocument.ofKeys(
        request.contentId(),
        request.keyIds().stream()
            .map(id -> new ContentKey(id, value, request.scheme(), null))
            .toList(),
        request.rules());
  }
}
