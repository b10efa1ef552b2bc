package io.keymux.keyserver.auth;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keymux.keyserver.http.KeyExchangeException;
import java.io.IOException;

/** Reads JSON that others wrote, and writes ours. */
final class JsonAnswer {
  static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private JsonAnswer() {}

  /**
   * @throws KeyExchangeException with code {@code key-response-invalid} if it is no JSON object
   */
  static JsonNode object(String host, byte[] json) {
    try {
      JsonNode node = MAPPER.readTree(json);
      if (node.isObject()) {
        return node;
      }
    } catch (IOException e) {
      // Its message quotes the answer.
    }
    throw KeyExchangeException.invalidResponse(host, "its token is not in a JSON object");
  }
}
