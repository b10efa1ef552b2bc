package io.keymux.keyserver.profile;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.tomakehurst.wiremock.http.Request;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Key servers that believe what another service gave: a token, or a ticket for one URL. */
final class LoginLocks {
  static final String LOGIN = "/login";

  private LoginLocks() {}

  /** OAuth client credentials; each login gives another token. */
  static final class OAuth implements Lock {
    private final Map<String, String> form;
    private final @Nullable String basic;
    private int tokens;

    /**
     * @param basic user and password, or null if both stand in the form
     */
    OAuth(Map<String, String> form, @Nullable String basic) {
      this.form = new TreeMap<>(form);
      this.basic =
          basic == null
              ? null
              : "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(UTF_8));
    }

    @Override
    public @Nullable String objection(Request request, String plain, String type) {
      return Lock.header("Authorization", "Bearer at-canary-" + tokens)
          .and(Lock.query(""))
          .objection(request, plain, type);
    }

    @Override
    public @Nullable Reply login(Request request) {
      if (!request.getUrl().equals(LOGIN + "/token")) {
        return null;
      }
      boolean good =
          Lock.form(request).equals(form)
              && Lock.header("Authorization", basic).objection(request, "", "") == null;
      return good
          ? Reply.ok(
              "{\"access_token\":\"at-canary-%d\",\"token_type\":\"Bearer\",\"expires_in\":300}"
                  .formatted(++tokens))
          : Reply.status(401);
    }
  }

  /** Apereo CAS; a ticket is for one URL, and for one call unless it is reusable. */
  static final class Cas implements Lock {
    private final String password;
    private final boolean header;
    private final boolean reusable;
    private final Map<String, String> services = new HashMap<>();
    private int minted;

    Cas(String password, boolean header, boolean reusable) {
      this.password = password;
      this.header = header;
      this.reusable = reusable;
    }

    @Override
    public @Nullable String objection(Request request, String plain, String type) {
      String ticket = "ST-canary-" + minted;
      String path = request.getUrl().replaceAll("\\?.*", "");
      String service = reusable ? services.get(ticket) : services.remove(ticket);
      if (service == null || !service.endsWith(path) || !service.startsWith("http://127.0.0.1:")) {
        return "the service of the ticket";
      }
      return reusable && services.size() > 1
          ? "a second ticket"
          : Lock.query(header ? "" : "&ticket=" + Pattern.quote(ticket))
              .and(Lock.header("Authorization", header ? "Ticket " + ticket : null))
              .objection(request, plain, type);
    }

    @Override
    public void refused() {
      services.clear();
    }

    @Override
    public @Nullable Reply login(Request request) {
      String url = request.getUrl();
      if (!url.startsWith(LOGIN)) {
        return null;
      }
      if (url.equals(LOGIN + "/TGT-canary")) {
        return request.getMethod().getName().equals("DELETE") ? Reply.status(200) : ticket(request);
      }
      boolean good =
          url.equals(LOGIN)
              && Lock.form(request)
                  .equals(Map.of("username", "acme::packager", "password", password));
      return good
          ? new Reply(201, Map.of("Location", LOGIN + "/TGT-canary"), "")
          : Reply.status(401);
    }

    private Reply ticket(Request request) {
      String ticket = "ST-canary-" + ++minted;
      services.put(ticket, Lock.form(request).getOrDefault("service", ""));
      return Reply.ok(ticket);
    }
  }
}
