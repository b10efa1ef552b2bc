package io.keymux.keyserver.profile;

import io.keymux.cpix.KeyExchange;
import io.keymux.keyserver.http.HttpLimits;
import io.keymux.keyserver.http.HttpSettings;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Makes one key server of the fields of its account. */
final class AccountOpener {
  private final String name;
  private final String profile;
  private final ProfileFields fields;
  private final HttpSettings http;
  private final KeyExchange producer;

  AccountOpener(
      String name, String profile, ProfileFields fields, HttpSettings http, KeyExchange producer) {
    this.name = name;
    this.profile = profile;
    this.fields = fields;
    this.http = http;
    this.producer = producer;
  }

  KeyServer open() {
    String title = fields.text("title", profile);
    String kind = fields.text("transport");
    ProfileLimits limits = ProfileLimits.of(profile, fields.section("limits"));
    KeyExchange seed = SeedOpener.open(kind, fields);
    if (seed != null) {
      fields.requireAllUsed();
      return new KeyServer(
          name, facts(title, kind, "none", "-", limits), limits, null, SeedOpener.local(seed));
    }
    AccountUrl url = AccountUrl.of(fields);
    AuthOpener auth = AuthOpener.open(fields);
    ExchangeCache cache = cache();
    KeyServer.Transport transport =
        new TransportOpener(fields, limits, url, settings(), auth.authorizer(), producer)
            .open(kind);
    fields.requireAllUsed();
    KeyServerFacts facts = facts(title, kind, auth.names(), url.host(), limits);
    return new KeyServer(name, facts, limits, cache, transport);
  }

  private KeyServerFacts facts(
      String title, String kind, String auth, String host, ProfileLimits limits) {
    return new KeyServerFacts(
        profile,
        title,
        kind,
        auth,
        host,
        limits.maxKeys(),
        limits.contentId().pattern(),
        limits.schemes(),
        limits.systems());
  }

  private HttpSettings settings() {
    ProfileFields retry = fields.section("retry");
    HttpLimits usual = http.limits();
    HttpLimits chosen =
        new HttpLimits(
            retry.positive("connect", usual.connect()),
            retry.positive("attempt", usual.attempt()),
            retry.positive("total", usual.total()),
            retry.number("attempts", usual.attempts(), 1, 10),
            retry.duration("pause", usual.pause()),
            retry.number("responseBytes", usual.responseBytes(), 1024, usual.responseBytes()));
    HttpSettings settings = http.withLimits(chosen);
    @Nullable SSLContext tls = Certificates.tls(fields);
    return tls == null ? settings : settings.withTls(tls);
  }

  /** Off unless the account asks for it. */
  private @Nullable ExchangeCache cache() {
    ProfileFields cache = fields.section("cache");
    if (!cache.has("lifetime")) {
      return null;
    }
    return new ExchangeCache(
        cache.positive("lifetime", Duration.ZERO),
        cache.number("entries", 1000, 1, 100_000),
        System::nanoTime);
  }
}
