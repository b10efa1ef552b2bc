package io.keymux.keyserver.profile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.Filter.VideoFilter;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.UsageRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Profiles and accounts as data: what they make, and what is said of faults in them. */
class ProfilesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          drmtoday          | variables: {org: o, config: c}, auth: {user: 'a::b', password: '${env:P}'} | fe.drmtoday.com         | cpix-post       | cas
          drmtoday-staging  | variables: {org: o, config: c}, auth: {user: 'a::b', password: '${env:P}'} | fe.staging.drmtoday.com | cpix-post       | cas
          drmtoday-generate | variables: {org: o, config: c}, auth: {user: 'a::b', password: '${env:P}'} | fe.drmtoday.com         | cpix-get        | cas
          doverunner        | auth: {token: '${env:T}'}                                       | drm-kms.doverunner.com  | cpix-post       | path-token
          axinom            | auth: {user: t, password: '${env:K}'}                           | key-server-management.axprod.net | cpix-post | basic
          ezdrm             | auth: {tokens: {u: '${env:U}', p: '${env:P}'}}                  | cpix.ezdrm.com          | cpix-get        | query-token
          irdeto            | variables: {location: tkm.example, path: a}, auth: {user: u, password: '${env:P}'} | tkm.example  | cpix-post       | basic
          nagra             | url: 'https://ssp.example/speke', auth: {value: '${env:T}'}     | ssp.example             | cpix-post       | header
          verimatrix        | variables: {host: vmx.example}                                  | vmx.example             | cpix-post       | none
          vualto            | variables: {client: c}, auth: {value: '${env:T}'}               | cpix.vudrm.tech         | cpix-get        | header
          vualto-speke      | variables: {client: c}, auth: {value: '${env:T}'}               | cpix.vudrm.tech         | cpix-post       | header
          sigma             | variables: {host: s.example, merchant: m, app: a}, auth: {value: '${env:T}'} | s.example  | cpix-post       | header
          expressplay       | auth: {token: '${env:T}'}                                       | api.service.expressplay.com | skm         | query-token
          widevine-cloud    | variables: {provider: p}                                        | license.widevine.com    | widevine        | none
          axinom-widevine   | x-                                                              | key-server-management.axprod.net | widevine | none
          playready         | url: 'https://pr.example/'                                      | pr.example              | playready       | none
          aws-speke         | url: 'https://a.execute-api.eu-west-1.amazonaws.com/p/'         | a.execute-api.eu-west-1.amazonaws.com | cpix-post | sigv4
          generic           | url: 'https://keys.example/speke'                               | keys.example            | cpix-post       | none
          mine              | title: My own                                                   | mine.example            | cpix-post       | none
          """)
  void open_builtInProfile_needsTheAccountOnly(
      String profile, String account, String host, String transport, String auth) {
    String rest = account.startsWith("x-") ? "" : ", " + account;

    try (KeyServer server = TestAccounts.open("{profile: " + profile + rest + "}")) {
      KeyServerFacts facts = server.facts();

      assertThat(facts.host()).isEqualTo(host);
      assertThat(facts.transport()).isEqualTo(transport);
      assertThat(facts.auth()).isEqualTo(auth);
      assertThat(facts.profile()).isEqualTo(profile);
      assertThat(server + facts.toString()).doesNotContain("secret-of");
    }
  }

  @Test
  void profileNames_builtIn_allHaveAFile() {
    assertThat(TestAccounts.servers().profileNames()).contains("mine", "drmtoday").hasSize(22);
    for (String name : ProfileTrees.BUILT_IN) {
      assertThat(ProfileTrees.class.getResource(name + ".yaml")).as(name).isNotNull();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {profile: nobody}                                                 | /profile
          {profile: [a]}                                                    | /profile
          {profile: generic}                                                | /url
          {profile: generic, url: 'https://x.example/', urll: y}            | /urll
          {profile: generic, url: 'https://x.example/', cpix: {spke: '2.0'}} | /cpix/spke
          {profile: generic, url: 'https://x.example/', cpix: {speke: '3.0'}} | /cpix/speke
          {profile: generic, url: 'https://x.example/', limits: {maxKeys: 0}} | /limits/maxKeys
          {profile: generic, url: 'https://x.example/', limits: {contentId: '['}} | /limits/contentId
          {profile: generic, url: 'https://x.example/', limits: {schemes: [aes]}} | /limits/schemes
          {profile: generic, url: 'https://x.example/', retry: {total: soon}} | /retry/total
          {profile: generic, url: 'https://x.example/', transport: pigeon}  | /transport
          {profile: generic, url: 'https://x.example/{org}'}                | /variables/org
          {profile: generic, url: 'https://x.example/', variables: {org: x}} | /variables/org
          {profile: generic, url: 'https://x.example/', auth: {type: magic}} | /auth/type
          {profile: generic, url: 'https://x.example/', auth: {type: basic, user: u}} | /auth/password
          {profile: generic, url: 'https://x.example/', auth: {type: none, user: u}} | /auth/user
          {profile: generic, url: 'https://x.example/', auth: nothing}      | /auth
          {profile: generic, url: 'https://x.example/', auth: [{type: none}, x]} | /auth/1
          {profile: drmtoday, variables: {org: o}, auth: {user: u, password: '${env:P}'}} | /variables/config
          {profile: drmtoday, variables: {org: o, config: c}, auth: {user: u, password: '${env:P}', policy: often}} | /auth/policy
          {profile: doverunner, auth: {}}                                   | /auth/token
          {profile: generic, url: 'https://x.example/', cpix: {speke: '1.0', rules: filters}} | /cpix/
          {profile: ezdrm, auth: {tokens: {u: '${env:U}'}}}                 | /auth/tokens/p
          [1, 2]                                                            | ''
          'a: b: c'                                                         | ''
          """)
  void open_faultyAccount_namesTheField(String account, String pointer) {
    ProfileException error =
        catchThrowableOfType(ProfileException.class, () -> TestAccounts.open(account));

    assertThat(error).as(account).isNotNull();
    assertThat(error.pointer()).as(error.getMessage()).isEqualTo(pointer);
    assertThat(error.code())
        .isEqualTo(
            account.contains("nobody")
                ? "unknown-key-server-profile"
                : "invalid-key-server-profile");
    assertThat(error).hasMessageNotContaining("secret-of").hasMessageNotContaining("${env");
  }

  @Test
  void open_missingVariable_saysWhatItIs() {
    assertThat(
            catchThrowableOfType(
                ProfileException.class, () -> TestAccounts.open("{profile: drmtoday}")))
        .hasMessageContaining("is missing: the UUID of the organization");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          doverunner | auth: {token: '${env:T}'} | 6 | cenc | movie-1 | key-limit-exceeded      | limit maxKeys 5, and the job needs 6
          drmtoday   | variables: {org: o, config: c}, auth: {user: u, password: '${env:T}'} | 10 | cenc | movie-1 | key-limit-exceeded | limit maxKeys 9, and the job needs 10
          sigma      | variables: {host: s.example, merchant: m, app: a}, auth: {value: '${env:T}'} | 1 | cenc | LONG | key-limit-exceeded | limit contentIdLength 64, and the content id has 65 characters
          generic    | url: 'https://x.example/', limits: {contentId: '[a-z]+'} | 1 | cenc | movie-1 | key-request-unsupported | the content id "movie-1" does not match [a-z]+
          generic    | url: 'https://x.example/', limits: {schemes: [cbcs]}     | 1 | cenc | movie-1 | key-request-unsupported | the scheme cenc is not one of [cbcs]
          generic    | url: 'https://x.example/', limits: {systems: [fairplay]} | 1 | cenc | movie-1 | key-request-unsupported | it has no keys for widevine
          """)
  void exchange_beyondALimit_isRefusedBeforeTheCall(
      String profile,
      String account,
      int keys,
      String scheme,
      String contentId,
      String code,
      String words) {
    List<UsageRule> rules = new ArrayList<>();
    for (int i = 0; i < keys; i++) {
      rules.add(
          new UsageRule(
              new KeyId(new UUID(1, 1L << 63 | i)),
              "T" + i,
              List.of(VideoFilter.pixels(i * 10L, i * 10L + 9))));
    }
    KeyRequest request =
        new KeyRequest(
            contentId.equals("LONG") ? "x".repeat(65) : contentId,
            ProtectionScheme.ofFourCc(scheme),
            Set.of(DrmSystem.WIDEVINE),
            rules);

    DrmException error =
        catchThrowableOfType(
            DrmException.class,
            () ->
                TestAccounts.open("{profile: " + profile + ", " + account + "}").exchange(request));

    assertThat(error.code()).isEqualTo(code);
    assertThat(error).hasMessageContaining(words).hasMessageContaining("(profile " + profile + ")");
  }

  @Test
  void open_profilesOfUsersInACircle_isRefused() {
    KeyServers servers =
        KeyServers.of(
            java.util.Map.of("a", "profile: b".getBytes(UTF_8), "b", "profile: a".getBytes(UTF_8)),
            (setting, reference) -> {
              throw new AssertionError(setting);
            },
            TestAccounts.HTTP,
            TestAccounts.PRODUCER);

    assertThat(
            catchThrowableOfType(
                ProfileException.class, () -> servers.open("x", "profile: a".getBytes(UTF_8))))
        .hasMessageContaining("leads in a circle");
  }
}
