package io.keymux.keyserver.profile;

import com.github.tomakehurst.wiremock.http.Request;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import java.util.List;
import java.util.function.Function;

/**
 * A transport with a good answer.
 *
 * @param fields of the account, in YAML, after its URL
 * @param path of the URL of the account, with its query
 * @param plain path and query as they are sent
 * @param contentType of the call, empty if it has no body
 * @param kids that the answer gives
 * @param keys in hex
 */
record TransportCase(
    String name,
    String fields,
    String path,
    String plain,
    String contentType,
    KeyRequest request,
    Function<Request, Reply> answer,
    List<KeyId> kids,
    List<String> keys) {

  @Override
  public String toString() {
    return name;
  }
}
