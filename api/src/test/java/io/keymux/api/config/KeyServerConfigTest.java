package io.keymux.api.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.SecretBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyServerConfigTest {
  private static final Map<String, String> ENVIRONMENT = Map.of("SECRET", "s3cr3t", "NONE", "");

  @TempDir Path folder;

  @Test
  void read_nothing_asksNobody() throws IOException {
    assertThat(read("port: 1", Map.of())).isEqualTo(KeyServerSettings.DEFAULT);
  }

  @Test
  void read_basicWithFile_takesThePasswordWithoutLineBreak() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "pä ss\r\n");
    AuthSettings auth =
        read(
                "keyServer: {auth: {type: basic, user: u, password: '${file:%s}'}}"
                    .formatted(secret),
                Map.of())
            .auth();
    assertThat(auth).isEqualTo(new AuthSettings.Basic("u", secret("pä ss")));
  }

  @Test
  void read_bearerAndSigV4_takeTheirSecrets() throws IOException {
    assertThat(
            read("keyServer: {auth: {type: bearer, token: '${env:SECRET}'}}", ENVIRONMENT).auth())
        .isEqualTo(new AuthSettings.Bearer(secret("s3cr3t")));
    String signed =
        "keyServer: {auth: {type: sigv4, accessKeyId: A, secretAccessKey: '${env:SECRET}'%s}}";
    assertThat(read(signed.formatted(""), ENVIRONMENT).auth())
        .isEqualTo(new AuthSettings.SigV4("A", secret("s3cr3t"), null));
    assertThat(read(signed.formatted(", region: eu-west-1"), ENVIRONMENT).auth())
        .isEqualTo(new AuthSettings.SigV4("A", secret("s3cr3t"), "eu-west-1"));
  }

  @Test
  void read_environment_goesFirst() throws IOException {
    Map<String, String> environment =
        Map.of(
            "KEYMUX_KEYSERVER_AUTH_TYPE", "basic",
            "KEYMUX_KEYSERVER_AUTH_USER", "v",
            "KEYMUX_KEYSERVER_AUTH_PASSWORD", "${env:SECRET}",
            "SECRET", "x");
    assertThat(read("keyServer: {auth: {user: u}}", environment).auth())
        .isEqualTo(new AuthSettings.Basic("v", secret("x")));
    assertThat(read("port: 1", environment).auth())
        .isEqualTo(new AuthSettings.Basic("v", secret("x")));
  }

  @Test
  void read_protection_isFoundByTrackTypeOrPart() throws IOException {
    KeyServerSettings settings =
        read(
            """
            keyServer:
              protection:
                UHD: {hdcpLevel: TYPE-1, robustness: {widevine: HW_SECURE_ALL}}
                SD+HD: {hdcpLevel: TYPE-0, hlsAllowedCpc: {fairplay: x}}
                '*': {hdcpLevel: NONE, hdcpOutputProtection: '<a/><b/>'}
            """,
            Map.of());
    OutputProtection uhd =
        new OutputProtection("TYPE-1", null, Map.of(DrmSystem.WIDEVINE, "HW_SECURE_ALL"), Map.of());
    assertThat(settings.protectionOf("UHD")).isEqualTo(uhd);
    assertThat(settings.protectionOf("HDR+UHD")).isEqualTo(uhd);
    OutputProtection both =
        new OutputProtection("TYPE-0", null, Map.of(), Map.of(DrmSystem.FAIRPLAY, "x"));
    assertThat(settings.protectionOf("SD+HD")).isEqualTo(both);
    assertThat(settings.protectionOf("SD"))
        .isEqualTo(new OutputProtection("NONE", "<a/><b/>", Map.of(), Map.of()));
    assertThat(KeyServerSettings.DEFAULT.protectionOf("SD")).isNull();
  }

  @Test
  void read_tickets_areThoseOfTheFileAndTheEnvironment() throws IOException {
    String yaml =
        """
        keyServer:
          tickets: {user: 'a::b', password: '${env:SECRET}', ticketLifetime: 60, singleUse: false}
          streamTypes: [AUDIO, VIDEO]
        """;
    KeyServerSettings settings = read(yaml, ENVIRONMENT);
    assertThat(settings.streamTypes()).containsExactly(StreamType.AUDIO, StreamType.VIDEO);
    TicketSettings.Account account = new TicketSettings.Account("a::b", secret("s3cr3t"));
    assertThat(settings.tickets())
        .isEqualTo(new TicketSettings(account, Duration.ofSeconds(60), Duration.ofHours(2), false));
    assertThat(settings.toString()).doesNotContain("s3cr3t");
    Map<String, String> environment =
        Map.of(
            "SECRET", "s3cr3t",
            "KEYMUX_KEYSERVER_TICKETS_USER", "c",
            "KEYMUX_KEYSERVER_TICKETS_TICKETLIFETIME", "5",
            "KEYMUX_KEYSERVER_TICKETS_LOGINLIFETIME", "6",
            "KEYMUX_KEYSERVER_TICKETS_SINGLEUSE", "true");
    assertThat(read(yaml, environment).tickets())
        .isEqualTo(
            new TicketSettings(
                new TicketSettings.Account("c", secret("s3cr3t")),
                Duration.ofSeconds(5),
                Duration.ofSeconds(6),
                true));
    assertThatThrownBy(() -> read("port: 1", Map.of("KEYMUX_KEYSERVER_TICKETS_SINGLEUSE", "yes")))
        .hasMessageContaining("KEYMUX_KEYSERVER_TICKETS_SINGLEUSE is \"yes\"");
    assertThatThrownBy(
            () -> read("port: 1", Map.of("KEYMUX_KEYSERVER_TICKETS_LOGINLIFETIME", "1h")))
        .hasMessageContaining("LOGINLIFETIME is \"1h\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "auth: {type: digest}                        | type is \"digest\"",
        "auth: {type: basic, user: u}                | password is missing",
        "auth: {type: basic, password: '${env:SECRET}'} | user is missing",
        "auth: {type: basic, user: 'a:b', password: '${env:SECRET}'} | user has a colon",
        "auth: {type: basic, user: u, password: hunter2} | password is not a reference",
        "auth: {type: bearer, token: '${env:ABSENT}'} | ABSENT, which is not set",
        "auth: {type: bearer, token: '${env:NONE}'}   | leads to an empty text",
        "auth: {type: bearer, token: '${file:/absent/x}'} | /absent/x, which cannot be read",
        "auth: {type: bearer, token: '${env:SECRET}', user: u} | user does not go with",
        "auth: {user: u}                             | user does not go with",
        "auth: {type: sigv4, secretAccessKey: '${env:SECRET}'} | accessKeyId is missing",
        "auth: {kind: basic}                         | is not usable",
        "protection: {UHD: {hdcpLevel: TYPE-2}}      | UHD.hdcpLevel is \"TYPE-2\"",
        "protection: {UHD: {hdcpOutputProtection: '<a>'}} | hdcpOutputProtection is no XML",
        "protection: {UHD: {robustness: {nds: x}}}   | robustness is for \"nds\"",
        "tickets: {user: u}                          | tickets.password is missing",
        "tickets: {password: '${env:SECRET}'}        | tickets.user is missing",
        "tickets: {user: u, password: hunter2}       | password is not a reference",
        "tickets: {ticketLifetime: 0}                | ticketLifetime is 0",
        "tickets: {loginLifetime: 604801}            | loginLifetime is 604801",
        "tickets: {ticketLifetime: 10s}              | is not usable",
        "tickets: {singleUse: 2}                     | is not usable",
        "streamTypes: []                             | streamTypes is empty",
        "streamTypes: [SD, SD]                       | has SD twice",
        "streamTypes: [sd]                           | has \"sd\"",
        "streamTypes: [VIDEO_AUDIO, AUDIO]           | has VIDEO_AUDIO beside others",
        "streamTypes: [AUDIO, VIDEO, HD]             | has VIDEO beside a type of video",
        "other: 1                                    | is not usable",
      })
  void read_whatCannotBeUsed_isRefused(String section, String problem) {
    assertThatThrownBy(() -> read("keyServer: {" + section + "}", ENVIRONMENT))
        .isInstanceOfSatisfying(
            DrmException.class,
            e -> {
              assertThat(e.code()).isEqualTo("invalid-config");
              assertThat(e).hasMessageContaining(problem);
              assertThat(e).hasMessageNotContainingAny("hunter2", "s3cr3t");
            });
  }

  private KeyServerSettings read(String yaml, Map<String, String> environment) throws IOException {
    Path file = Files.writeString(folder.resolve("config.yaml"), yaml);
    return ConfigFile.read(file).with(environment).keyServerSettings(environment);
  }

  private static SecretBytes secret(String text) {
    return SecretBytes.copyOf(text.getBytes(UTF_8));
  }
}
