package io.keymux.api.http;

import io.javalin.http.Context;
import io.keymux.api.database.DatabaseException;
import io.keymux.api.keyserver.KeyServerAccounts;
import io.keymux.api.keyserver.KeySources;
import io.keymux.api.keyserver.KeyTest;
import io.keymux.api.keyserver.TenantKeys;
import io.keymux.api.problem.FieldError;
import io.keymux.api.problem.RequestException;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.keyserver.profile.KeyServer;
import io.keymux.keyserver.profile.ProfileException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code /v1/key-servers} and {@code /v1/keys:test}. */
final class KeyHandlers {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
  private static final Pattern CONTENT_ID = Pattern.compile("[A-Za-z0-9_-]{1,128}");

  /** A row holds more, but no account is nearly as large. */
  private static final int MOST_ACCOUNT_BYTES = 256 * 1024;

  private final TenantKeys tenants;

  KeyHandlers(TenantKeys tenants) {
    this.tenants = tenants;
  }

  /**
   * @param configured whether it stands in the configuration, and cannot be changed here
   * @param keyServer null if it cannot be opened
   * @param problem why it cannot be opened, or null
   */
  record View(
      String name,
      boolean configured,
      KeyTest.@Nullable Server keyServer,
      @Nullable Unusable problem) {}

  /** Why an account cannot be used. */
  record Unusable(String code, String detail) {}

  /** All of them. */
  record Views(List<View> items) {}

  void list(Context ctx) {
    KeyServerAccounts accounts = accounts(ctx);
    JobHandlers.json(
        ctx, 200, new Views(accounts.names().stream().map(name -> view(accounts, name)).toList()));
  }

  void get(Context ctx) {
    KeyServerAccounts accounts = accounts(ctx);
    JobHandlers.json(ctx, 200, view(accounts, known(ctx, accounts)));
  }

  void put(Context ctx) {
    String name = ctx.pathParam("name");
    if (!NAME.matcher(name).matches() || name.equals("embedded")) {
      throw RequestException.invalidParameter(
          "name", "not 1 to 64 of A-Z a-z 0-9 _ -, or it is embedded.");
    }
    KeyServerAccounts accounts = accounts(ctx);
    requireChangeable(accounts, name);
    boolean replaced = accounts.has(name);
    RequestBody.requireType(ctx, "application/json", "application/yaml");
    byte[] account = RequestBody.bytes(ctx);
    if (account.length > MOST_ACCOUNT_BYTES) {
      throw RequestException.tooLarge(MOST_ACCOUNT_BYTES);
    }
    try {
      accounts.put(name, account);
    } catch (ProfileException e) {
      throw RequestException.invalidValue(
          new FieldError(e.pointer(), e.code(), e.problem() + " " + e.remedy()));
    }
    JobHandlers.json(ctx, replaced ? 200 : 201, view(accounts, name));
  }

  void delete(Context ctx) {
    KeyServerAccounts accounts = accounts(ctx);
    String name = known(ctx, accounts);
    requireChangeable(accounts, name);
    accounts.remove(name);
    ctx.status(204);
  }

  /**
   * @param keyServer a name, a URL, or {@code embedded}
   * @param keys the key rule
   */
  record TestSpec(
      @Nullable String keyServer,
      @Nullable String keyServerType,
      @Nullable String contentId,
      @Nullable List<String> systems,
      @Nullable String scheme,
      @Nullable String keys) {}

  /** One exchange, keys masked. */
  void test(Context ctx) throws InterruptedException {
    TestSpec spec = RequestBody.json(ctx, RequestBody.bytes(ctx), TestSpec.class);
    Set<DrmSystem> systems = systems(spec.systems());
    String asked = spec.scheme();
    ProtectionScheme scheme =
        asked != null
            ? field("/scheme", () -> ProtectionScheme.ofFourCc(asked))
            : systems.contains(DrmSystem.FAIRPLAY) ? ProtectionScheme.CBCS : ProtectionScheme.CENC;
    String rule = spec.keys() == null ? "preset0" : spec.keys();
    KeyRule keys = field("/keys", () -> KeyRule.ofId(rule));
    String contentId = spec.contentId() == null ? "keymux-test" : spec.contentId();
    if (!CONTENT_ID.matcher(contentId).matches()) {
      throw RequestException.invalidValue(
          new FieldError("/contentId", "invalid-content-id", "not 1 to 128 of A-Z a-z 0-9 _ -."));
    }
    String server = spec.keyServer();
    KeySources sources = tenants.of(Door.tenant(ctx));
    KeyExchange exchange =
        server == null || server.equals("embedded")
            ? sources.embedded()
            : field("/keyServer", () -> sources.remote(server, spec.keyServerType()));
    try {
      JobHandlers.json(ctx, 200, KeyTest.run(exchange, contentId, scheme, systems, keys));
    } finally {
      if (exchange instanceof KeyServer opened && !sources.accounts().shares(opened)) {
        opened.close();
      }
    }
  }

  private static Set<DrmSystem> systems(@Nullable List<String> names) {
    List<String> wanted = names == null ? List.of("widevine", "playready") : names;
    List<DrmSystem> systems = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      String name = wanted.get(i);
      systems.add(field("/systems/" + i, () -> DrmSystem.ofId(name)));
    }
    if (systems.isEmpty()) {
      throw RequestException.invalidValue(
          new FieldError("/systems", "no-drm-system", "Name at least one DRM system."));
    }
    return EnumSet.copyOf(systems);
  }

  private static <T> T field(String pointer, Supplier<T> reader) {
    try {
      return reader.get();
    } catch (DatabaseException e) {
      throw e;
    } catch (DrmException e) {
      throw RequestException.invalidValue(
          new FieldError(pointer, e.code(), e.problem() + " " + e.remedy()));
    }
  }

  private KeyServerAccounts accounts(Context ctx) {
    return tenants.of(Door.tenant(ctx)).accounts();
  }

  /** An account that cannot be opened is shown as such: it must not hide the others. */
  private static View view(KeyServerAccounts accounts, String name) {
    boolean configured = accounts.isConfigured(name);
    try {
      return new View(name, configured, KeyTest.Server.of(name, accounts.get(name).facts()), null);
    } catch (DatabaseException e) {
      throw e;
    } catch (DrmException e) {
      return new View(
          name, configured, null, new Unusable(e.code(), e.problem() + " " + e.remedy()));
    }
  }

  private static String known(Context ctx, KeyServerAccounts accounts) {
    String name = ctx.pathParam("name");
    if (!accounts.has(name)) {
      throw RequestException.notFound("A key server of this name");
    }
    return name;
  }

  private static void requireChangeable(KeyServerAccounts accounts, String name) {
    if (accounts.isConfigured(name)) {
      throw RequestException.configuredKeyServer(name);
    }
  }
}
