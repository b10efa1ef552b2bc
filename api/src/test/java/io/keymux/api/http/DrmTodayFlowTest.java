package io.keymux.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.keymux.api.config.KeyServerSettings;
import io.keymux.api.config.TicketSettings;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.CpixVersion;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.VideoFilter;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.UsageRule;
import io.keymux.keyserver.SeedKeys;
import io.keymux.keyserver.auth.CasTickets;
import io.keymux.keyserver.auth.TicketPolicy;
import io.keymux.keyserver.cpixget.CpixGet;
import io.keymux.keyserver.cpixget.Mapping;
import io.keymux.keyserver.drmtoday.DrmTodayIngest;
import io.keymux.keyserver.drmtoday.DrmTodayOptions;
import io.keymux.keyserver.drmtoday.IngestVersion;
import io.keymux.keyserver.http.CallAuthorizer;
import io.keymux.keyserver.http.HttpSettings;
import io.keymux.keyserver.http.KeyServerUrl;
import io.keymux.keyserver.speke.CpixDialect;
import io.keymux.keyserver.speke.SpekeClient;
import io.keymux.keyserver.speke.SpekeVersion;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** Our own clients of DRMtoday against the embedded one; what is logged of it. */
class DrmTodayFlowTest {
  private static final String USER = "acme::packager";
  private static final String PASSWORD = "c4nary-passw0rd";
  private static final Pattern TICKET = Pattern.compile("(TGT|ST)-[A-Za-z0-9_-]{8}");
  private static final Set<DrmSystem> SYSTEMS =
      EnumSet.of(DrmSystem.WIDEVINE, DrmSystem.PLAYREADY, DrmSystem.FAIRPLAY);

  @RegisterExtension
  static final TestService service =
      new TestService(
          KeyServerSettings.DEFAULT.withTickets(
              new TicketSettings(
                  new TicketSettings.Account(USER, secret(PASSWORD)),
                  Duration.ofSeconds(10),
                  Duration.ofMinutes(1),
                  true)));

  private final DrmToday direct = new DrmToday(service, PASSWORD);

  @Test
  void processDocument_singleUseTickets_givesTheKeysThatPlayersGet() throws InterruptedException {
    try (SpekeClient client = process(tickets(PASSWORD, TicketPolicy.singleUse()))) {
      CpixDocument first = client.exchange(request("movie"));
      assertThat(first.contentKeys()).hasSize(2);
      assertThat(first.drmSystems()).hasSize(2 * SYSTEMS.size());
      assertThat(direct.licence(first)).isEqualTo(DrmToday.values(first));
      assertThat(client.exchange(request("movie"))).isEqualTo(first);
    }
  }

  /** The client takes its ticket for one that lasts, the server does not: 401, and a new one. */
  @Test
  void processDocument_ticketTakenForReusable_isMintedAnew() throws InterruptedException {
    try (SpekeClient client =
        process(tickets(PASSWORD, TicketPolicy.reusable(Duration.ofMinutes(5))))) {
      CpixDocument first = client.exchange(request("movie"));
      assertThat(client.exchange(request("movie"))).isEqualTo(first);
    }
  }

  @Test
  void processDocument_wrongPassword_isAFailedLogin() {
    try (SpekeClient client = process(tickets("wrong", TicketPolicy.singleUse()))) {
      assertThatThrownBy(() -> client.exchange(request("movie")))
          .isInstanceOfSatisfying(
              DrmException.class, e -> assertThat(e.code()).isEqualTo("key-server-login-failed"));
    }
  }

  @Test
  void generateDocument_ownRulesOfTheServer_givesTheKeysThatPlayersGet()
      throws InterruptedException {
    String template = service.uri(DrmToday.PROCESS) + "/{contentId}?x-signaling-alg={scheme}";
    try (CpixGet client =
        CpixGet.builder(
                template, HttpSettings.DEFAULT.open(tickets(PASSWORD, TicketPolicy.singleUse())))
            .mapping(Mapping.SERVER)
            .build()) {
      CpixDocument document = client.exchange(request("movie-2"));
      assertThat(document.contentKeys()).hasSize(5);
      assertThat(document.usageRules())
          .extracting(UsageRule::intendedTrackType)
          .containsExactly("AUDIO", "SD", "HD", "UHD1", "UHD2");
      assertThat(direct.licence(document)).isEqualTo(DrmToday.values(document));
    }
  }

  @Test
  void ingest_keysOfTheClient_areThoseThatPlayersGet() throws InterruptedException {
    DrmTodayOptions options = DrmTodayOptions.of(IngestVersion.V3);
    try (DrmTodayIngest client = ingest(options);
        DrmTodayIngest other = ingest(options.withOverwriteExistingKeys(true))) {
      CpixDocument document = client.exchange(request("movie-3"));
      assertThat(document.contentKeys()).hasSize(2);
      assertThat(direct.licence(document)).isEqualTo(DrmToday.values(document));
      assertThat(client.exchange(request("movie-3")).contentKeys())
          .isEqualTo(document.contentKeys());
      assertThat(other.exchange(request("movie-3")).contentKeys())
          .isEqualTo(document.contentKeys());
    }
  }

  @Test
  void log_atTrace_holdsNoTicketAndNoPassword() throws InterruptedException {
    Logger root = (Logger) LoggerFactory.getLogger("ROOT");
    Logger own = (Logger) LoggerFactory.getLogger("io.keymux");
    Level before = root.getLevel();
    Level ownBefore = own.getLevel();
    ListAppender<ILoggingEvent> seen = new ListAppender<>();
    seen.setContext(root.getLoggerContext());
    seen.start();
    root.addAppender(seen);
    root.setLevel(Level.TRACE);
    own.setLevel(Level.TRACE);
    try {
      processDocument_ticketTakenForReusable_isMintedAnew();
      processDocument_wrongPassword_isAFailedLogin();
      generateDocument_ownRulesOfTheServer_givesTheKeysThatPlayersGet();
      ingest_keysOfTheClient_areThoseThatPlayersGet();
      URI login = direct.login();
      assertThat(service.get(login.getPath()).statusCode()).isEqualTo(405);
      assertThat(direct.logIn(USER, PASSWORD + "x").statusCode()).isEqualTo(401);
      root.trace("a line of the test");
    } finally {
      root.detachAppender(seen);
      seen.stop();
      root.setLevel(before);
      own.setLevel(ownBefore);
    }
    assertThat(seen.list).extracting(ILoggingEvent::getMessage).contains("a line of the test");
    for (ILoggingEvent event : List.copyOf(seen.list)) {
      String line = event.getFormattedMessage() + event.getThrowableProxy();
      assertThat(line).doesNotContain(PASSWORD).doesNotContainPattern(TICKET);
    }
  }

  private static SpekeClient process(CallAuthorizer tickets) {
    return SpekeClient.builder(SpekeVersion.V2_0, service.uri(DrmToday.PROCESS))
        .dialect(CpixDialect.vendor(CpixVersion.V2_3).build())
        .authorizer(tickets)
        .build();
  }

  private static DrmTodayIngest ingest(DrmTodayOptions options) {
    byte[] bytes = new byte[SeedKeys.SEED_BYTES];
    bytes[0] = 1;
    return DrmTodayIngest.of(
        KeyServerUrl.of(service.uri(DrmToday.INGEST)),
        options,
        SeedKeys.of(SecretBytes.copyOf(bytes)),
        HttpSettings.DEFAULT.open(tickets(PASSWORD, TicketPolicy.singleUse())));
  }

  private static CallAuthorizer tickets(String password, TicketPolicy policy) {
    return CasTickets.of(
        service.uri(DrmToday.CAS), USER, secret(password), policy, CasTickets.Placement.QUERY);
  }

  private static KeyRequest request(String contentId) {
    return new KeyRequest(
        contentId,
        ProtectionScheme.CBCS,
        SYSTEMS,
        List.of(
            new UsageRule(
                KeyId.parse(DrmToday.SD), "SD", List.of(VideoFilter.pixels(null, 589_824L))),
            new UsageRule(KeyId.parse(DrmToday.AUDIO), "AUDIO", List.of(AudioFilter.ANY))));
  }

  private static SecretBytes secret(String text) {
    return SecretBytes.copyOf(text.getBytes(UTF_8));
  }
}
