package io.keymux.api.canary;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.keymux.api.canary.Faults.INVALID;
import static io.keymux.api.canary.Faults.REFUSED;
import static io.keymux.api.canary.Faults.UNREACHABLE;
import static io.keymux.api.canary.Faults.ok;
import static io.keymux.api.canary.Faults.wrong;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;

/** Answers to a caller who is known that are wrong in themselves, or do not arrive whole. */
final class AnswerFaults {
  private final Secrets secrets;
  private final Documents documents;

  AnswerFaults(Secrets secrets) {
    this.secrets = secrets;
    this.documents = Documents.of(secrets);
  }

  List<Faults.Case> all() {
    String keys = Faults.keys(secrets);
    String html = "<html><body>Your key is " + keys + "</body></html>";
    String unended = "{\"key\":\"" + keys + "\",";
    return List.of(
        // Documents.
        wrong("HTML", "process", "/process", ok(html), INVALID),
        wrong("HTML of a GET", "header", "/header", ok(html), INVALID),
        wrong("short key", "process", "/process", filled(documents.withVideoKey(part(9))), INVALID),
        wrong("long key", "process", "/process", filled(documents.withVideoKey(part(24))), INVALID),
        wrong(
            "one key twice",
            "process",
            "/process",
            filled(new Documents(secrets.video64(), secrets.video64())),
            INVALID),
        wrong(
            "key that is no base64",
            "path",
            "/path",
            filled(new Documents(secrets.videoHex() + "!", secrets.audio64())),
            INVALID),
        wrong(
            "document cut in a key",
            "process",
            "/process",
            request -> aResponse().withBody(cut(request)),
            INVALID),
        wrong(
            "DOCTYPE",
            "process",
            "/process",
            ok("<!DOCTYPE x [<!ENTITY k \"" + keys + "\">]><x>&k;</x>"),
            INVALID),
        wrong(
            "key as a name", "process", "/process", ok("<k" + secrets.videoHex() + "/>"), INVALID),
        // JSON.
        wrong("unended JSON", "widevine", "/widevine", ok(unended), INVALID),
        wrong(
            "unended JSON in the envelope",
            "widevine",
            "/widevine",
            ok(KeyServerDouble.enveloped(unended)),
            INVALID),
        wrong(
            "unknown status",
            "widevine",
            "/widevine",
            ok(KeyServerDouble.enveloped("{\"status\":\"" + secrets.videoHex() + "\"}")),
            INVALID),
        wrong(
            "key of another type",
            "widevine",
            "/widevine",
            ok(
                KeyServerDouble.enveloped(
                    "{\"status\":\"OK\",\"tracks\":[{\"type\":\"%s\",\"key_id\":\"%s\",\"key\":\"%s\"}]}"
                        .formatted(keys, keys, keys))),
            INVALID),
        wrong("errors that repeat the keys", "ingest", "/ingest", AnswerFaults::errors, REFUSED),
        wrong(
            "another asset",
            "ingest",
            "/ingest",
            request -> aResponse().withBody("{\"assets\":[{\"assetId\":" + quoted(request) + "}]}"),
            INVALID),
        wrong(
            "key of another KID",
            "clear-skm",
            "/clear-skm",
            request ->
                aResponse().withBody(request.getBodyAsString().replace("kid\":\"", "kid\":\"00")),
            INVALID),
        wrong(
            "wrapped under another KEK",
            "skm",
            "/skm",
            request ->
                aResponse()
                    .withBody(
                        request
                            .getBodyAsString()
                            .replace("ek\":\"", "ek\":\"" + secrets.videoHex())),
            INVALID),
        wrong(
            "key store refuses",
            "clear-skm",
            "/clear-skm",
            request -> aResponse().withStatus(409).withBody(request.getBody()),
            REFUSED),
        // The wire.
        wrong(
            "reset",
            "process",
            "/process",
            any -> aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
            UNREACHABLE),
        wrong(
            "garbage",
            "process",
            "/process",
            any -> aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE),
            INVALID),
        wrong(
            "garbage behind the head",
            "process",
            "/process",
            any -> aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK),
            INVALID),
        wrong("gzip that is cut", "process", "/process", this::gzip, UNREACHABLE),
        wrong(
            "encoding of a secret name",
            "process",
            "/process",
            any -> aResponse().withBody(keys).withHeader("Content-Encoding", secrets.videoHex()),
            INVALID));
  }

  private static Function<Request, ResponseDefinitionBuilder> filled(Documents other) {
    return request -> aResponse().withBody(other.replaced(request.getBodyAsString()));
  }

  /** The answer of an ingest whose errors say what was sent. */
  private static ResponseDefinitionBuilder errors(Request request) {
    return aResponse().withBody("{\"errors\":[" + quoted(request) + "],\"assets\":[]}");
  }

  private static String quoted(Request request) {
    return "\"" + Spellings.json(request.getBodyAsString()) + "\"";
  }

  private byte[] part(int size) {
    return Arrays.copyOf(secrets.videoKey, size);
  }

  private String cut(Request request) {
    String whole = documents.replaced(request.getBodyAsString());
    return whole.substring(0, whole.indexOf(secrets.video64()) + 20);
  }

  private ResponseDefinitionBuilder gzip(Request request) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(whole)) {
      zip.write(documents.replaced(request.getBodyAsString()).getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return aResponse()
        .withHeader("Content-Encoding", "gzip")
        .withBody(Arrays.copyOf(whole.toByteArray(), whole.size() - 40));
  }
}
