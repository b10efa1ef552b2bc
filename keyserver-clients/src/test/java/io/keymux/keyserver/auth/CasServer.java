package io.keymux.keyserver.auth;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.net.URI;
import java.net.URLDecoder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A CAS server and a key server that believes its tickets, with state: logins end when a test says
 * so, tickets are for one URL, and are used up if they are for one use.
 */
final class CasServer implements AutoCloseable {
  static final String BASE = "/cas/v1/tickets";
  static final String USER = "acme::packager";
  static final String PASSWORD = "pa&ss w+rd/\u00fc=9c1e";

  final AtomicInteger logins = new AtomicInteger();
  final AtomicInteger minted = new AtomicInteger();
  final List<String> used = new CopyOnWriteArrayList<>();
  final List<String> deleted = new CopyOnWriteArrayList<>();
  final List<String> bodies = new CopyOnWriteArrayList<>();
  final Set<String> live = ConcurrentHashMap.newKeySet();
  private final Map<String, String> tickets = new ConcurrentHashMap<>();
  private final boolean singleUse;
  private final WireMockServer wireMock;

  CasServer(boolean singleUse) {
    this.singleUse = singleUse;
    this.wireMock =
        new WireMockServer(
            wireMockConfig()
                .dynamicPort()
                .bindAddress("127.0.0.1")
                .containerThreads(40)
                .extensions(new Behaviour()));
    wireMock.stubFor(any(anyUrl()).willReturn(aResponse().withTransformers("cas")));
    wireMock.start();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + wireMock.port() + path);
  }

  /** All tickets become worthless; their logins stay. */
  void expireTickets() {
    tickets.clear();
  }

  @Override
  public void close() {
    wireMock.stop();
  }

  private ResponseDefinition answer(Request request) {
    URI url = URI.create(request.getUrl());
    String path = url.getPath();
    if (path.equals(BASE)) {
      return login(form(request.getBodyAsString()));
    }
    if (path.startsWith(BASE + "/")) {
      String login = path.substring(BASE.length() + 1);
      if (request.getMethod().equals(RequestMethod.DELETE)) {
        deleted.add(login);
        return status(live.remove(login) ? 200 : 404);
      }
      return live.contains(login) ? ticket(login, form(request.getBodyAsString())) : status(404);
    }
    return keys(request, url);
  }

  private ResponseDefinition login(Map<String, String> form) {
    int number = logins.incrementAndGet();
    if (!form.equals(Map.of("username", USER, "password", PASSWORD))) {
      return aResponse().withStatus(401).withFixedDelay(200).build();
    }
    String login = "TGT-" + number + "-secret";
    live.add(login);
    return aResponse()
        .withStatus(201)
        .withHeader("Location", uri(BASE + "/" + login).toString())
        .withFixedDelay(50)
        .build();
  }

  private ResponseDefinition ticket(String login, Map<String, String> form) {
    String ticket = "ST-" + minted.incrementAndGet() + "-of-" + login;
    tickets.put(ticket, form.getOrDefault("service", ""));
    return aResponse().withStatus(200).withBody(ticket + "\n").build();
  }

  private ResponseDefinition keys(Request request, URI url) {
    String ticket = UriParts.parameter(url, "ticket");
    if (ticket == null && request.containsHeader("Authorization")) {
      ticket = request.getHeader("Authorization").replace("Ticket ", "");
    }
    String service = singleUse ? tickets.remove("" + ticket) : tickets.get("" + ticket);
    if (!uri(url.getPath()).toString().equals(service)) {
      return status(401);
    }
    used.add("" + ticket);
    return aResponse().withStatus(200).withBody("keys").build();
  }

  private Map<String, String> form(String body) {
    bodies.add(body);
    return Stream.of(body.split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], UTF_8)));
  }

  private static ResponseDefinition status(int status) {
    return aResponse().withStatus(status).build();
  }

  private final class Behaviour implements ResponseDefinitionTransformerV2 {
    @Override
    public ResponseDefinition transform(ServeEvent event) {
      return answer(event.getRequest());
    }

    @Override
    public String getName() {
      return "cas";
    }

    @Override
    public boolean applyGlobally() {
      return false;
    }
  }
}
