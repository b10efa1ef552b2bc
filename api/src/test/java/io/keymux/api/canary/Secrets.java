package io.keymux.api.canary;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/** Every secret of the key servers that a test speaks to, and where accounts find them. */
final class Secrets {
  final Canaries canaries = new Canaries();

  /** Given by the key servers that make keys. */
  final byte[] videoKey = canaries.bytes("the video key", 16);

  final byte[] audioKey = canaries.bytes("the audio key", 16);

  final String password = canaries.text("the CAS password", "&\"+\\ /\u00fc=");
  final String login = "TGT-" + canaries.word("the ticket-granting ticket");
  final String ticket = "ST-" + canaries.word("the service ticket");
  final String basicUser = canaries.word("the Basic user");
  final String basicPassword = canaries.word("the Basic password");
  final String queryToken = canaries.word("the query token");
  final String pathToken = canaries.text("the path token", "+ /");
  final String clientSecret = canaries.text("the client secret", ":&\u00fc");
  final String accessToken = canaries.word("the access token");
  final String apiKey = canaries.word("the API key");
  final byte[] signingKey = canaries.bytes("the signing key", 32);
  final String kek = canaries.word("the KEK").substring(0, 16);

  /** A secret that somebody wrote where a reference belongs. */
  final String misplaced = canaries.word("the misplaced password");

  Map<String, String> environment() {
    return Map.of(
        "CANARY_PASSWORD", password,
        "CANARY_PATH_TOKEN", pathToken,
        "CANARY_CLIENT_SECRET", clientSecret,
        "CANARY_API_KEY", apiKey,
        "CANARY_SIGNING_KEY", HexFormat.of().formatHex(signingKey),
        "CANARY_KEK", kek);
  }

  String video64() {
    return Base64.getEncoder().encodeToString(videoKey);
  }

  String audio64() {
    return Base64.getEncoder().encodeToString(audioKey);
  }

  String videoHex() {
    return HexFormat.of().formatHex(videoKey);
  }
}
