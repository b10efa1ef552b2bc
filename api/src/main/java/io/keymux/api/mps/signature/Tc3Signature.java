package io.keymux.api.mps.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.api.config.MpsSettings;
import io.keymux.api.mps.problem.MpsException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * The signature of Tencent's API 3.0. It covers method, query, body and the headers that the client
 * chose, {@code Content-Type} and {@code Host} among them; the path is always that of the root.
 *
 * <p>A request that somebody recorded is accepted again until it is five minutes old.
 *
 * @see "Tencent Cloud API 3.0, Signature Method v3 (TC3-HMAC-SHA256)"
 */
final class Tc3Signature {
  private static final String ALGORITHM = "TC3-HMAC-SHA256";
  private static final String UNSIGNED = "UNSIGNED-PAYLOAD";

  private final MpsSettings settings;
  private final Freshness freshness;

  Tc3Signature(MpsSettings settings, Clock clock) {
    this.settings = settings;
    this.freshness = new Freshness(clock);
  }

  /**
   * @return whose credential it is
   * @throws MpsException with a code of {@code AuthFailure}, or {@code MissingParameter} if there
   *     is no {@code X-TC-Timestamp}
   */
  MpsSettings.Credential require(ApiRequest request) {
    Tc3Header header = Tc3Header.of(request.header("Authorization"));
    if (header == null
        || !header.signedHeaders().contains("host")
        || !header.signedHeaders().contains("content-type")
        || !servesService(header.service())) {
      throw MpsException.authFailure(
          "InvalidAuthorization",
          "The header Authorization is not a signature of TC3-HMAC-SHA256 for this service that"
              + " covers content-type and host.",
          "Sign as Tencent's API 3.0 says; unsigned requests are refused.");
    }
    String timestamp = request.header("X-TC-Timestamp");
    long seconds = freshness.require("X-TC-Timestamp", timestamp);
    if (!LocalDate.ofEpochDay(Math.floorDiv(seconds, 86_400L)).toString().equals(header.date())) {
      throw MpsException.authFailure(
          "InvalidAuthorization",
          "The date " + header.date() + " of the credential is not that of X-TC-Timestamp in UTC.",
          "Sign with the date of the timestamp in UTC.");
    }
    MpsSettings.Credential credential = Credentials.find(settings, header.secretId());
    if (!signed(request, header, timestamp, credential)) {
      throw Credentials.wrongSignature();
    }
    Credentials.requireToken(credential, request.header("X-TC-Token"));
    return credential;
  }

  private boolean servesService(String service) {
    return settings.services().isEmpty() || settings.services().contains(service);
  }

  /** Clients disagree about the case of headers' values: both readings are signed by the secret. */
  private boolean signed(
      ApiRequest request, Tc3Header header, String timestamp, MpsSettings.Credential credential) {
    String inLowerCase =
        signature(request, header, timestamp, credential, value -> lower(value.strip()));
    String asReceived = signature(request, header, timestamp, credential, String::strip);
    boolean first = Digests.same(inLowerCase, header.signature());
    boolean second = Digests.same(asReceived, header.signature());
    return Boolean.logicalOr(first, second);
  }

  private String signature(
      ApiRequest request,
      Tc3Header header,
      String timestamp,
      MpsSettings.Credential credential,
      UnaryOperator<String> spelling) {
    String toSign =
        String.join(
            "\n",
            ALGORITHM,
            timestamp,
            header.scope(),
            Digests.sha256(canonical(request, header, spelling).getBytes(UTF_8)));
    byte[] secret = credential.secretKey().reveal();
    byte[] key = Arrays.copyOf("TC3".getBytes(UTF_8), 3 + secret.length);
    System.arraycopy(secret, 0, key, 3, secret.length);
    Arrays.fill(secret, (byte) 0);
    for (String part : List.of(header.date(), header.service(), "tc3_request")) {
      key = Digests.hmac(key, part);
    }
    return HexFormat.of().formatHex(Digests.hmac(key, toSign));
  }

  /** The query stands there as it was sent: Tencent's own client does not sort it. */
  String canonical(ApiRequest request, Tc3Header header, UnaryOperator<String> spelling) {
    StringBuilder text = new StringBuilder();
    text.append(request.method()).append("\n/\n").append(request.query()).append('\n');
    for (String name : header.signedHeaders()) {
      List<String> values = request.headers(name);
      text.append(name).append(':');
      text.append(spelling.apply(values.size() == 1 ? values.get(0) : "")).append('\n');
    }
    text.append('\n').append(String.join(";", header.signedHeaders())).append('\n');
    return text.append(Digests.sha256(payload(request))).toString();
  }

  private byte[] payload(ApiRequest request) {
    boolean unsigned = request.header("X-TC-Content-SHA256").equals(UNSIGNED);
    return unsigned && settings.unsignedPayload() ? UNSIGNED.getBytes(UTF_8) : request.body();
  }

  private static String lower(String value) {
    return value.toLowerCase(Locale.ROOT);
  }
}
