package io.keymux.keyserver.profile;

import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.credential.Credential;
import io.keymux.keyserver.answer.TrackTypeNames;
import io.keymux.keyserver.cpixget.CpixGet;
import io.keymux.keyserver.cpixget.Mapping;
import io.keymux.keyserver.cpixget.UrlTemplate;
import io.keymux.keyserver.http.CallAuthorizer;
import io.keymux.keyserver.http.HttpExchange;
import io.keymux.keyserver.http.HttpSettings;
import io.keymux.keyserver.playready.PlayReadyPackagingData;
import io.keymux.keyserver.skm.SkmKeys;
import io.keymux.keyserver.speke.SpekeClient;
import io.keymux.keyserver.speke.SpekeVersion;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the transport of an account: what speaks to the key server, in its protocol. */
final class TransportOpener {
  private final ProfileFields fields;
  private final ProfileLimits limits;
  private final AccountUrl url;
  private final HttpSettings settings;
  private final CallAuthorizer authorizer;
  private final KeyExchange producer;

  TransportOpener(
      ProfileFields fields,
      ProfileLimits limits,
      AccountUrl url,
      HttpSettings settings,
      CallAuthorizer authorizer,
      KeyExchange producer) {
    this.fields = fields;
    this.limits = limits;
    this.url = url;
    this.settings = settings;
    this.authorizer = authorizer;
    this.producer = producer;
  }

  KeyServer.Transport open(String kind) {
    return switch (kind) {
      case "cpix-post" -> cpixPost();
      case "cpix-get" -> cpixGet();
      case "widevine" -> {
        HttpExchange http = http();
        yield closing(WidevineOpener.open(fields, trackTypes(), url.url(), http), http);
      }
      case "playready" -> {
        HttpExchange http = http();
        yield closing(PlayReadyPackagingData.of(url.url(), http), http);
      }
      case "tencent" -> {
        HttpExchange http = http();
        yield closing(VendorOpener.tencent(fields, trackTypes(), url.url(), http), http);
      }
      case "drmtoday-ingest" -> {
        HttpExchange http = http();
        yield closing(VendorOpener.drmToday(fields, trackTypes(), url.url(), producer, http), http);
      }
      case "skm" -> {
        HttpExchange http = http();
        yield closing(skm(http), http);
      }
      default ->
          throw fields.fault(
              "transport",
              "is not one of cpix-post, cpix-get, widevine, playready, tencent, drmtoday-ingest,"
                  + " skm, seed, playready-seed");
    };
  }

  private SkmKeys skm(HttpExchange http) {
    ProfileFields skm = fields.section("skm");
    SecretBytes kek = skm.optionalSecret("kek");
    if (kek != null && kek.size() != 16 && kek.size() != 32) {
      throw skm.fault("kek", "does not lead to 16 or 32 bytes");
    }
    return SkmKeys.of(url.url().uri(), producer, kek, http);
  }

  private KeyServer.Transport cpixPost() {
    HttpExchange http = http();
    SpekeClient.Builder client =
        SpekeClient.builder(SpekeVersion.V2_0, url.sample().uri())
            .endpoints(UrlTemplate.of(url.text())::of)
            .dialect(DialectReader.read(fields.section("cpix"), trackTypes(), limits.schemes()))
            .exchange(http);
    Credential credential = credential();
    if (credential != null) {
      client.credential(credential);
    }
    return closing(client.build(), http);
  }

  private KeyServer.Transport cpixGet() {
    ProfileFields get = fields.section("get");
    HttpExchange http = http();
    CpixGet.Builder client =
        CpixGet.builder(url.text(), http)
            .mapping(
                get.choice(
                    "mapping",
                    Map.of("request", Mapping.REQUEST, "server", Mapping.SERVER),
                    Mapping.SERVER));
    if (get.flag("perKey", false)) {
      client.oneKeyPerCall();
    }
    Map<DrmSystem, String> names = new EnumMap<>(DrmSystem.class);
    get.map("systemNames")
        .forEach(
            (id, name) -> {
              DrmSystem system = ProfileLimits.systemNames().get(id);
              if (system == null) {
                throw get.fault("systemNames/" + id, "is not a DRM system");
              }
              names.put(system, name);
            });
    if (!names.isEmpty()) {
      client.systemNames(names);
    }
    Credential credential = credential();
    if (credential != null) {
      client.credential(credential);
    }
    try {
      return closing(client.build(), http);
    } catch (IllegalArgumentException e) {
      throw get.fault("perKey", "needs the KID in the URL, and the rules of the request");
    }
  }

  private @Nullable Credential credential() {
    ProfileFields recipient = fields.section("recipient");
    return fields.has("recipient")
        ? Certificates.credential(recipient, "privateKey", "certificate")
        : null;
  }

  private TrackTypeNames trackTypes() {
    return TrackTypes.of(fields.section("trackTypes"));
  }

  private HttpExchange http() {
    return settings.open(url.authorizer(authorizer));
  }

  private static KeyServer.Transport closing(KeyExchange exchange, HttpExchange http) {
    return new KeyServer.Transport() {
      @Override
      public CpixDocument exchange(KeyRequest request) throws InterruptedException {
        return exchange.exchange(request);
      }

      @Override
      public void close() {
        http.close();
      }
    };
  }
}
