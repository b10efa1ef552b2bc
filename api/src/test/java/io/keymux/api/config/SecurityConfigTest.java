package io.keymux.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.api.access.ApiKey;
import io.keymux.api.access.CertifiedClient;
import io.keymux.api.access.RateLimits;
import io.keymux.api.access.Scope;
import io.keymux.api.access.TokenIssuer;
import io.keymux.api.envelope.KeyEncryptionKey;
import io.keymux.cpix.DrmException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecurityConfigTest {
  private static final String HASH = "ab".repeat(32);

  @TempDir Path folder;

  @Test
  void apiKeys_complete_areRead() throws IOException {
    SecuritySettings settings =
        settings(
            "{id: abcdefghij234, tenant: acme, scopes: [jobs:read, media:read], hash: "
                + HASH
                + ", expiresAt: '2027-01-31T01:00:00+01:00'}");
    assertThat(settings.isOpen()).isFalse();
    ApiKey key = settings.apiKeys().get(0);
    assertThat(key.tenant()).isEqualTo("acme");
    assertThat(key.scopes()).containsExactlyInAnyOrder(Scope.JOBS_READ, Scope.MEDIA_READ);
    assertThat(key.expiresAt()).isEqualTo(Instant.parse("2027-01-31T00:00:00Z"));
  }

  @Test
  void apiKey_withItsSecret_hasTheHashToo() throws IOException {
    ApiKey key =
        settings("{id: abcdefghij234, scopes: [jobs:read], secret: '${env:S}'}").apiKeys().get(0);
    // printf 's%.0s' $(seq 43) | sha256sum
    assertThat(key.hash())
        .isEqualTo("d64b93c9f1b60eb338e5cb415d6a36bd920edd0e9b36f7ea5c730d0e10ff147f");
    assertThat(key.secret()).isNotNull();
    assertThat(key.toString()).doesNotContain("ssss");
  }

  @Test
  void apiKeys_absent_askNobody() {
    assertThat(ConfigFile.EMPTY.securitySettings(Map.of())).isEqualTo(SecuritySettings.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id: abcdefghij234, scopes: [jobs:read] | hash is not 64",
        "id: abcdefghij234, scopes: [jobs:read], hash: kmx_abcdefghij234_secret | hash is not 64",
        "id: ABCDEFGHIJ234, scopes: [jobs:read], hash: HASH | id is not 13",
        "scopes: [jobs:read], hash: HASH | id is not 13",
        "id: abcdefghij234, hash: HASH | scopes are missing",
        "id: abcdefghij234, scopes: [], hash: HASH | scopes are missing",
        "id: abcdefghij234, scopes: [jobs:all], hash: HASH | scopes holds one that is not known",
        "id: abcdefghij234, scopes: [jobs:read], secret: secret_in_clear | is not a reference",
        "id: abcdefghij234, scopes: [jobs:read], secret: '${env:SHORT}' | secret is not 43",
        "id: abcdefghij234, scopes: [null], hash: HASH | scopes holds one that is not known",
        "id: abcdefghij234, tenant: 'a b', scopes: [jobs:read], hash: HASH | tenant is not",
        "id: abcdefghij234, scopes: [jobs:read], hash: HASH, expiresAt: soon | expiresAt is not",
        "id: abcdefghij234, scopes: [jobs:read], hash: HASH, secret: '${env:S}' | secret is not 43",
      })
  void apiKey_wrong_isRefusedWithItsPlace(String entry, String problem) {
    assertThatThrownBy(() -> settings("{" + entry.replace("HASH", HASH) + "}"))
        .isInstanceOfSatisfying(
            DrmException.class, e -> assertThat(e.code()).isEqualTo("invalid-config"))
        .hasMessageContaining(problem)
        .hasMessageNotContaining("secret_");
  }

  @Test
  void apiKeys_twoOfOneId_areRefused() {
    String entry = "{id: abcdefghij234, scopes: [jobs:read], hash: " + HASH + "}";
    assertThatThrownBy(() -> settings(entry, entry)).hasMessageContaining("is there twice");
  }

  @Test
  void tlsAndClients_complete_areRead() throws IOException {
    SecuritySettings settings =
        security(
            "{tls: {certificate: a.pem, key: a.key, clientAuthorities: ca.pem},"
                + " clients: [{name: worker, tenant: acme, scopes: [jobs:write]}]}");
    assertThat(settings.isOpen()).isFalse();
    assertThat(settings.tls())
        .isEqualTo(new TlsSettings(Path.of("a.pem"), Path.of("a.key"), Path.of("ca.pem")));
    assertThat(settings.clients())
        .containsExactly(new CertifiedClient("worker", "acme", Set.of(Scope.JOBS_WRITE)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{tls: {certificate: a.pem}} | security.tls lacks certificate or key",
        "{tls: {key: a.key}} | security.tls lacks certificate or key",
        "{clients: [{name: a, scopes: [jobs:read]}]} | needs security.tls with clientAuthorities",
        "{tls: {certificate: a, key: b}, clients: [{name: a, scopes: [jobs:read]}]} | needs",
        "{clients: [{scopes: [jobs:read]}]} | clients/0.name is missing",
        "{clients: [{name: a, scopes: [jobs:read]}, {name: a, scopes: [jobs:read]}]} | clients/1",
        "{clients: [{name: a}]} | clients/0.scopes are missing",
      })
  void tlsOrClients_wrong_areRefusedWithTheirPlace(String section, String problem) {
    assertThatThrownBy(() -> security(section))
        .isInstanceOfSatisfying(
            DrmException.class, e -> assertThat(e.code()).isEqualTo("invalid-config"))
        .hasMessageContaining(problem);
  }

  private SecuritySettings security(String section) throws IOException {
    Path file = Files.writeString(folder.resolve("keymux.yaml"), "security: " + section + "\n");
    return ConfigFile.read(file)
        .securitySettings(Map.of("S", "s".repeat(43), "SHORT", "secret_", "KEK", "a1".repeat(32)));
  }

  private SecuritySettings settings(String... entries) throws IOException {
    return security("{apiKeys: [" + String.join(", ", List.of(entries)) + "]}");
  }

  @Test
  void encryption_namesKeysInTheirOrder() throws IOException {
    List<KeyEncryptionKey> keys =
        security(
                "{encryption: [{key: '${env:KEK}'},"
                    + " {vault: {address: 'https://vault:8200/', key: keymux, token: '${env:S}'}},"
                    + " {awsKms: {keyId: 'alias/keymux', region: eu-central-1}}]}")
            .keyEncryptionKeys();
    assertThat(keys).extracting(KeyEncryptionKey::id).element(0).asString().startsWith("local:");
    assertThat(keys)
        .extracting(KeyEncryptionKey::id)
        .endsWith("vault:transit/keymux", "aws-kms:alias/keymux");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | is not one of key, vault and awsKms",
        "{key: '${env:KEK}', awsKms: {keyId: a}} | is not one of key, vault and awsKms",
        "{key: 00112233445566778899aabbccddeeff} | is not a reference",
        "{key: '${env:SHORT}'} | key is not 32 bytes",
        "{vault: {address: 'http://vault:8200', key: k, token: '${env:S}'}} | is not https",
        "{vault: {address: 'https://u:p@vault', key: k, token: '${env:S}'}} | is not https",
        "{vault: {address: 'https://vault/?a', key: k, token: '${env:S}'}} | is not https",
        "{vault: {key: k, token: '${env:S}'}} | is not https",
        "{vault: {address: 'https://vault', key: ../k, token: '${env:S}'}} | key is not a name",
        "{vault: {address: 'https://vault', mount: a//b, key: k, token: '${env:S}'}} | not a path",
        "{vault: {address: 'https://vault', key: k}} | token is missing",
        "{vault: {address: 'https://vault', key: k, token: secret_in_clear}} | is not a reference",
        "{awsKms: {}} | keyId is not an ARN",
        "{awsKms: {keyId: 'a b'}} | keyId is not an ARN",
        "{awsKms: {keyId: a, endpoint: 'ftp://x'}} | is not https",
      })
  void encryption_wrong_isRefusedWithItsPlace(String entry, String problem) {
    assertThatThrownBy(() -> security("{encryption: [" + entry + "]}"))
        .isInstanceOf(DrmException.class)
        .hasMessageContaining("security.encryption/0")
        .hasMessageContaining(problem)
        .hasMessageNotContaining("secret_");
  }

  @Test
  void encryption_oneTwice_isRefused() {
    assertThatThrownBy(() -> security("{encryption: [{key: '${env:KEK}'}, {key: '${env:KEK}'}]}"))
        .hasMessageContaining("security.encryption/1 is there twice");
  }

  private static final String TOKENS =
      "{issuer: 'https://login.example/', audience: keymux, jwks: 'https://login.example/keys',"
          + " scopes: [jobs:read]}";

  @Test
  void tokens_absentParts_areTheUsual() throws IOException {
    SecuritySettings settings = security("{tokens: [" + TOKENS + "]}");
    TokenIssuer issuer = settings.tokenIssuers().get(0);
    assertThat(issuer.algorithms()).isEqualTo(TokenIssuer.USUAL);
    assertThat(issuer.tenant()).isNull();
    assertThat(issuer.tenantClaim()).isEqualTo("tenant");
    assertThat(issuer.scopeClaim()).isEqualTo("scope");
    assertThat(settings.isOpen()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "issuer: 'https://login.example/', | | issuer is missing",
        "audience: keymux, | | audience is missing",
        "https://login.example/keys | http://login.example/keys | jwks is not an https URL",
        "https://login.example/keys | https://u:p@login.example/keys | jwks is not an https URL",
        "https://login.example/keys | file:///keys | jwks is not an https URL",
        "[jobs:read] | [] | scopes are missing",
        "audience: keymux | audience: keymux, algorithms: [HS256] | algorithms are not of",
        "audience: keymux | audience: keymux, algorithms: [none] | algorithms are not of",
        "audience: keymux | audience: keymux, algorithms: [] | algorithms are not of",
        "audience: keymux | audience: keymux, tenant: a, tenantClaim: b | stands beside",
        "audience: keymux | audience: keymux, tenant: a/b | tenant is not",
      })
  void tokens_wrong_areRefusedWithTheirPlace(String part, String other, String problem) {
    String entry = TOKENS.replace(part, other == null ? "" : other);
    assertThat(entry).isNotEqualTo(TOKENS);
    assertThatThrownBy(() -> security("{tokens: [" + entry + "]}"))
        .isInstanceOf(DrmException.class)
        .hasMessageContaining("security.tokens/0.")
        .hasMessageContaining(problem);
  }

  @Test
  void tokens_issuerTwice_isRefused() {
    assertThatThrownBy(() -> security("{tokens: [" + TOKENS + ", " + TOKENS + "]}"))
        .hasMessageContaining("security.tokens/1.issuer is there twice");
  }

  @Test
  void rateLimits_absentParts_areTheUsual() throws IOException {
    RateLimits limits = security("{rateLimits: {tenant: {perSecond: 2.5}}}").rateLimits();
    assertThat(limits.tenant()).isEqualTo(new RateLimits.Rate(2.5, 25));
    assertThat(limits.refusals()).isEqualTo(RateLimits.DEFAULT.refusals());
    assertThat(SecuritySettings.DEFAULT.rateLimits()).isEqualTo(RateLimits.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource({"perSecond: 0", "perSecond: -1", "perSecond: 1000001", "burst: 5"})
  void rateLimits_wrong_areRefused(String rate) {
    assertThatThrownBy(() -> security("{rateLimits: {refusals: {" + rate + "}}}"))
        .hasMessageContaining("security.rateLimits.refusals is not perSecond above 0");
  }
}
