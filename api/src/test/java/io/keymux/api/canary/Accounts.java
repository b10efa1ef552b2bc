package io.keymux.api.canary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The configuration of a service that knows the key servers of {@link KeyServerDouble}. */
final class Accounts {
  private static final String TEXT =
      """
      keyServers:
        process:
          profile: drmtoday
          url: URL/process
          auth: {login: URL/cas/v1/tickets, user: acme::api, password: "${env:CANARY_PASSWORD}"}
          limits: {systems: [widevine, playready, fairplay, clearkey]}
          retry: {attempts: 2, pause: 10ms}
        ingest:
          profile: drmtoday-ingest
          url: URL/ingest
          auth: {login: URL/cas/v1/tickets, user: acme::api, password: "${file:PASSWORD}"}
          retry: {attempts: 2, pause: 10ms}
        path:
          profile: generic
          url: URL/path
          cpix: {speke: none}
          auth: {type: path-token, token: "${env:CANARY_PATH_TOKEN}"}
        oauth:
          profile: generic
          url: URL/oauth
          cpix: {speke: none}
          auth: {type: oauth2, tokenUrl: URL/token, clientId: acme, clientSecret: "${env:CANARY_CLIENT_SECRET}"}
        header:
          profile: vualto
          url: URL/header/{contentId}
          auth: {value: "${env:CANARY_API_KEY}"}
        widevine:
          profile: widevine-cloud
          url: URL/widevine
          widevine:
            signer: {name: acme, key: "${env:CANARY_SIGNING_KEY}", iv: 00112233445566778899aabbccddeeff}
        skm:
          profile: expressplay
          url: URL/skm
          auth: {type: bearer, token: "${env:CANARY_API_KEY}"}
          skm: {kek: "${env:CANARY_KEK}"}
        clear-skm:
          transport: skm
          url: URL/clear-skm
      secrets:
        misplaced: MISPLACED
        api-key: ${env:CANARY_API_KEY}
      """;

  private Accounts() {}

  /** Writes it, and the file that one of its references leads to. */
  static Path write(Path folder, String url, Secrets secrets) {
    try {
      Path password = folder.resolve("password");
      Files.writeString(password, secrets.password + "\n");
      return Files.writeString(
          folder.resolve("keymux.yaml"),
          TEXT.replace("URL", url)
              .replace("${file:PASSWORD}", "${file:" + password + "}")
              .replace("MISPLACED", secrets.misplaced));
    } catch (IOException e) {
      throw new AssertionError("no configuration", e);
    }
  }
}
