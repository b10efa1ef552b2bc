package io.keymux.api.canary;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.keymux.api.canary.Faults.INVALID;
import static io.keymux.api.canary.Faults.LOGIN;
import static io.keymux.api.canary.Faults.REFUSED;
import static io.keymux.api.canary.Faults.UNAUTHORIZED;
import static io.keymux.api.canary.Faults.fault;
import static io.keymux.api.canary.Faults.ok;
import static io.keymux.api.canary.Faults.wrong;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;
import java.util.List;
import java.util.function.Function;

/** Logins, tickets and tokens that are refused, by servers that say which. */
record LoginFaults(Secrets secrets) {

  List<Faults.Case> all() {
    String keys = Faults.keys(secrets);
    return List.of(
        // Logins and tickets.
        fault("login refused", "process", "/cas", 401, LOGIN, Request::getBodyAsString),
        fault("login overloaded", "process", "/cas", 503, LOGIN, Request::getBodyAsString),
        wrong(
            "login leads elsewhere",
            "process",
            "/cas",
            located("http://elsewhere.example/" + secrets.login),
            INVALID),
        wrong(
            "no service ticket",
            "process",
            "/cas/v1/tickets/",
            ok("<p>" + secrets.ticket + "</p> " + secrets.login),
            INVALID),
        fault(
            "ticket refused twice", "process", "/process", 401, UNAUTHORIZED, said(secrets.ticket)),
        fault("Basic refused", "speke", "/speke", 403, UNAUTHORIZED, LoginFaults::authorization),
        fault("token not known", "get", "/get", 404, REFUSED, said(secrets.queryToken)),
        fault("path token refused", "path", "/path", 403, UNAUTHORIZED, said(secrets.pathToken)),
        fault("client refused", "oauth", "/token", 400, LOGIN, said(secrets.clientSecret)),
        wrong(
            "client gets no token",
            "oauth",
            "/token",
            ok("{\"access_token\":\"" + secrets.accessToken),
            INVALID),
        wrong(
            "client gets half a token",
            "oauth",
            "/token",
            ok("{\"access_token\":[\"" + secrets.accessToken + "\"]}"),
            INVALID),
        fault(
            "access token refused",
            "oauth",
            "/oauth",
            401,
            UNAUTHORIZED,
            LoginFaults::authorization),
        fault("API key refused", "header", "/header", 403, UNAUTHORIZED, said(secrets.apiKey)),
        // Statuses with keys.
        wrong(
            "error with a key",
            "process",
            "/process",
            any -> aResponse().withStatus(500).withBody(keys).withHeader("X-Key", keys),
            REFUSED),
        wrong(
            "redirect with a ticket",
            "process",
            "/process",
            any ->
                aResponse()
                    .withStatus(302)
                    .withHeader("Location", "http://elsewhere.example/?ticket=" + secrets.ticket),
            REFUSED),
        wrong(
            "redirect of a GET with a token",
            "get",
            "/get",
            any ->
                aResponse()
                    .withStatus(307)
                    .withHeader("Location", "http://elsewhere.example/?t=" + secrets.queryToken),
            REFUSED));
  }

  private static Function<Request, Object> said(String secret) {
    return any -> secret;
  }

  private static Object authorization(Request request) {
    return String.valueOf(request.getHeader("Authorization"));
  }

  private static Function<Request, ResponseDefinitionBuilder> located(String url) {
    return any -> aResponse().withStatus(201).withHeader("Location", url);
  }
}
