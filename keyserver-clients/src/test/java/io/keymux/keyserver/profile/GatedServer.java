package io.keymux.keyserver.profile;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A key server behind a lock, over HTTP, and over HTTPS for those with a certificate. It gives the
 * right answer for the right proof, and 401 for any other.
 */
final class GatedServer implements ResponseTransformerV2, AutoCloseable {

  /** How it is with callers. */
  enum Mood {
    FAIR,
    /** 401 for every call, however it is proved. */
    REFUSES,
    /** 401 for every login as well. */
    REFUSES_LOGINS
  }

  /** What was wrong with proofs, in the order of the calls. */
  final List<String> objections = new CopyOnWriteArrayList<>();

  /** Calls but logins. */
  final AtomicInteger calls = new AtomicInteger();

  private final WireMockServer wireMock;
  private volatile TransportCase transport = TransportCases.all().get(0);
  private volatile Lock lock = Lock.query("");
  private volatile Mood mood = Mood.FAIR;

  GatedServer(Path directory) {
    String store = TestKeys.store(directory).toString();
    wireMock =
        new WireMockServer(
            wireMockConfig()
                .dynamicPort()
                .dynamicHttpsPort()
                .bindAddress("127.0.0.1")
                .keystoreType("PKCS12")
                .keystorePath(store)
                .keystorePassword(TestKeys.password())
                .keyManagerPassword(TestKeys.password())
                .trustStoreType("PKCS12")
                .trustStorePath(store)
                .trustStorePassword(TestKeys.password())
                .needClientAuth(true)
                .extensions(this));
    wireMock.start();
  }

  void stand(TransportCase newTransport, Lock newLock, Mood newMood) {
    wireMock.resetAll();
    wireMock.stubFor(any(anyUrl()).willReturn(aResponse()));
    objections.clear();
    calls.set(0);
    transport = newTransport;
    lock = newLock;
    mood = newMood;
  }

  String http() {
    return "http://127.0.0.1:" + wireMock.port();
  }

  String https() {
    return "https://127.0.0.1:" + wireMock.httpsPort();
  }

  @Override
  public String getName() {
    return "gated";
  }

  @Override
  public synchronized Response transform(Response response, ServeEvent event) {
    Reply reply = reply(event.getRequest());
    return Response.Builder.like(response)
        .but()
        .status(reply.status())
        .headers(
            new HttpHeaders(
                reply.headers().entrySet().stream()
                    .map(header -> HttpHeader.httpHeader(header.getKey(), header.getValue()))
                    .toList()))
        .body(reply.body())
        .build();
  }

  private Reply reply(Request request) {
    Reply login = lock.login(request);
    if (login != null) {
      return mood == Mood.REFUSES_LOGINS ? Reply.status(401) : login;
    }
    calls.incrementAndGet();
    String type = transport.contentType();
    String objection =
        type.equalsIgnoreCase(spaced(request.getHeader("Content-Type")))
            ? lock.objection(request, transport.plain(), type)
            : "the content type";
    if (objection != null) {
      objections.add(objection);
    }
    if (objection == null && mood == Mood.FAIR) {
      return transport.answer().apply(request);
    }
    lock.refused();
    return new Reply(401, lock.challenge(), String.join(" ", transport.keys()));
  }

  private static String spaced(String contentType) {
    return contentType == null ? "" : contentType.replaceAll("; ?", "; ");
  }

  @Override
  public void close() {
    wireMock.stop();
  }
}
