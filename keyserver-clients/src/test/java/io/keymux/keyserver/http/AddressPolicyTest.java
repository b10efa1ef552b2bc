package io.keymux.keyserver.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.cpix.DrmException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways to write an address so that a service calls itself or its neighbours; none may get out. */
@Timeout(20)
class AddressPolicyTest {
  private static final String SECRET = "sesame-sesame";

  /** Names that mean harm, as their owners' name servers would answer. */
  private static final Map<String, List<String>> NAMES =
      Map.of(
          "localhost", List.of("127.0.0.1"),
          "localhost.", List.of("127.0.0.1"),
          "127.0.0.1.nip.io", List.of("127.0.0.1"),
          "metadata.google.internal", List.of("169.254.169.254"),
          "mixed.example", List.of("93.184.216.34", "10.0.0.7"),
          "six.example", List.of("::1"),
          "mapped.example", List.of("::ffff:10.0.0.1"),
          "kubernetes.default.svc", List.of("10.96.0.1"),
          "public.example", List.of("93.184.216.34"));

  private static RawServer trap;

  private final List<String> looked = new ArrayList<>();

  @BeforeAll
  static void listen() throws IOException {
    trap = RawServer.of("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  }

  @AfterAll
  static void stop() throws IOException {
    trap.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // other spellings of 127.0.0.1
        "http://2130706433:PORT/",
        "http://0x7f000001:PORT/",
        "http://0x7f.0x0.0x0.0x1:PORT/",
        "http://0x7f.1:PORT/",
        "http://017700000001:PORT/",
        "http://0177.0.0.1:PORT/",
        "http://0177.0000.0000.0001:PORT/",
        "http://127.1:PORT/",
        "http://127.0.1:PORT/",
        "http://127.0.0.01:PORT/",
        "http://127.0.0.1.:PORT/",
        "http://127.00.0.1:PORT/",
        "http://127.0.0.0x1:PORT/",
        "http://127.0.0.256:PORT/",
        "http://0:PORT/",
        "http://0.0.0.0:PORT/",
        "http://127.0.0.1:PORT/",
        "http://127.8.9.10:PORT/",
        "HTTP://127.0.0.1:PORT/",
        "http://%31%32%37.0.0.1:PORT/",
        "http://127。0。0。1:PORT/",
        "http://①②⑦.0.0.1:PORT/",
        "http://١٢٧.0.0.1:PORT/",
        // IPv6
        "http://[::1]:PORT/",
        "http://[0:0:0:0:0:0:0:1]:PORT/",
        "http://[::]:PORT/",
        "http://[::ffff:127.0.0.1]:PORT/",
        "http://[::ffff:7f00:1]:PORT/",
        "http://[::127.0.0.1]:PORT/",
        "http://[::ffff:0:127.0.0.1]:PORT/",
        "http://[64:ff9b::127.0.0.1]:PORT/",
        "http://[64:ff9b::a00:1]:PORT/",
        "http://[64:ff9b:1::1]:PORT/",
        "http://[2002:7f00:1::]:PORT/",
        "http://[2001:0:7f00:1::]:PORT/",
        "http://[2001:db8::1]:PORT/",
        "http://[fe80::1]:PORT/",
        "http://[fe80::1%25lo]:PORT/",
        "http://[fe80::1%lo]:PORT/",
        "http://[::1%251]:PORT/",
        "http://[fc00::1]:PORT/",
        "http://[fd12:3456::1]:PORT/",
        "http://[fec0::1]:PORT/",
        "http://[ff02::1]:PORT/",
        "http://[v1.fe80::a]:PORT/",
        "http://[::1:PORT/",
        // private and special networks
        "http://10.0.0.1:PORT/",
        "http://172.16.0.1:PORT/",
        "http://172.31.255.254:PORT/",
        "http://192.168.1.1:PORT/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1:PORT/",
        "http://192.0.0.192/",
        "http://198.18.0.1:PORT/",
        "http://224.0.0.1:PORT/",
        "http://240.0.0.1:PORT/",
        "http://255.255.255.255:PORT/",
        // names
        "http://localhost:PORT/",
        "http://localhost.:PORT/",
        "http://LOCALHOST:PORT/",
        "http://127.0.0.1.nip.io:PORT/",
        "http://metadata.google.internal/",
        "http://mixed.example:PORT/",
        "http://six.example:PORT/",
        "http://mapped.example:PORT/",
        "http://kubernetes.default.svc:PORT/",
        // users, fragments, backslashes, blanks
        "http://public.example:x@127.0.0.1:PORT/",
        "http://public.example@127.0.0.1:PORT/",
        "http://public.example:80@127.0.0.1:PORT/",
        "http://127.0.0.1:PORT\\@public.example/",
        "http://public.example\\@127.0.0.1:PORT/",
        "http://127.0.0.1:PORT#@public.example/",
        "http://127.0.0.1:PORT?@public.example/",
        "http:127.0.0.1:PORT/",
        "http:///127.0.0.1:PORT/",
        "http:/127.0.0.1:PORT/",
        "//127.0.0.1:PORT/",
        " http://127.0.0.1:PORT/",
        "http://127.0.0.1\t:PORT/",
        "http://127.0.0.1\r\nHost: x:PORT/",
        "http://-.:PORT/",
        // other schemes
        "file:///etc/passwd",
        "ftp://127.0.0.1:PORT/",
        "gopher://127.0.0.1:PORT/_x",
        "jar:http://127.0.0.1:PORT/x!/",
        "ldap://127.0.0.1:PORT/",
        "javascript:alert(1)"
      })
  void send_anySpelling_isRefusedBeforeAPacketLeaves(String spelling) {
    String url = spelling.replace("PORT", Integer.toString(trap.port()));

    DrmException error =
        catchThrowableOfType(DrmException.class, () -> call(url, AddressPolicy.PUBLIC));

    assertThat(error).as(spelling).isNotNull();
    assertThat(error.code()).isIn("key-server-address-refused", "invalid-key-server-url");
    assertThat(error).hasMessageNotContaining(SECRET);
    assertThat(trap.requests()).isEmpty();
  }

  /** The name is looked up once; a second answer, for the connection, would be the attack. */
  @Test
  void send_nameThatChangesItsMind_isLookedUpOnceOnly() {
    KeyExchangeException error =
        catchThrowableOfType(
            KeyExchangeException.class,
            () -> call("http://public.example:" + trap.port() + "/", AddressPolicy.PUBLIC));

    // Nobody answers at that address from here; what counts is where the call went.
    assertThat(error.code()).isIn("key-server-unreachable", "key-server-timeout");
    assertThat(looked).containsExactly("public.example");
    assertThat(trap.requests()).isEmpty();
  }

  @Test
  void send_redirectToAnotherHost_isNotFollowed() throws Exception {
    try (RawServer server =
        RawServer.of(
            "HTTP/1.1 302 Found\r\nLocation: http://localhost:%d/\r\nContent-Length: 0\r\n\r\n"
                .formatted(trap.port()))) {
      try (HttpAnswer answer = call(server.url("/a").toString(), AddressPolicy.ANY)) {
        assertThat(answer.status()).isEqualTo(302);
      }
      assertThat(server.requests()).hasSize(1);
    }
    assertThat(trap.requests()).isEmpty();
  }

  @Test
  void send_redirectOnTheSameHost_isFollowedForGetAndThreeTimesOnly() throws Exception {
    try (RawServer server =
        RawServer.of("HTTP/1.1 307 x\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n")) {
      try (HttpAnswer answer = call(server.url("/a").toString(), AddressPolicy.ANY)) {
        assertThat(answer.status()).isEqualTo(307);
      }
      assertThat(server.requests()).hasSize(4).last().asString().startsWith("GET /b HTTP/1.1");
    }
  }

  @Test
  void send_redirectOfAPost_isNotFollowed() throws Exception {
    try (RawServer server =
        RawServer.of("HTTP/1.1 307 x\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n")) {
      KeyServerCall post =
          KeyServerCall.post(
              server.url("/a"),
              "text/plain",
              io.keymux.cpix.SecretBytes.copyOf(SECRET.getBytes(ISO_8859_1)));
      try (HttpAnswer answer = exchange(AddressPolicy.ANY).send(post)) {
        assertThat(answer.status()).isEqualTo(307);
      }
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void send_loopbackWhereItIsAllowed_isCalled() throws Exception {
    try (RawServer server = RawServer.of("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        HttpAnswer answer = call(server.url("/a").toString(), AddressPolicy.PUBLIC_OR_LOOPBACK)) {
      assertThat(answer.status()).isEqualTo(200);
    }
    assertThat(
            catchThrowableOfType(
                    KeyExchangeException.class,
                    () -> call("http://10.0.0.1/", AddressPolicy.PUBLIC_OR_LOOPBACK))
                .code())
        .isEqualTo("key-server-address-refused");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"93.184.216.34", "172.32.0.1", "192.169.0.1", "2606:2800:220:1::1", "100.128.0.1"})
  void isPublic_addressesOfTheInternet_are(String address) throws Exception {
    assertThat(AddressRanges.isPublic(InetAddress.getByName(address))).isTrue();
  }

  private HttpAnswer call(String url, AddressPolicy policy) throws InterruptedException {
    String secret = url.contains("?") || url.contains("#") ? url : url + SECRET;
    return exchange(policy).send(KeyServerCall.get(KeyServerUrl.of(secret).uri()));
  }

  private HttpExchange exchange(AddressPolicy policy) {
    HttpSettings settings =
        HttpSettings.DEFAULT
            .withPolicy(policy)
            .withResolver(this::resolve)
            .withLimits(
                new HttpLimits(
                    Duration.ofMillis(200),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(1),
                    1,
                    Duration.ZERO,
                    1 << 20));
    return new HttpExchange(settings, CallAuthorizer.none(), new Random(1), System::nanoTime);
  }

  private List<InetAddress> resolve(String host) throws UnknownHostException {
    looked.add(host);
    List<String> answers = NAMES.get(host.toLowerCase(java.util.Locale.ROOT));
    List<InetAddress> addresses = new ArrayList<>();
    if (answers == null) {
      if (!host.matches("[0-9.]+|\\[.*]")) {
        throw new UnknownHostException(host);
      }
      addresses.add(InetAddress.getByName(host));
      return addresses;
    }
    for (String answer : answers) {
      addresses.add(InetAddress.getByName(answer));
    }
    return addresses;
  }
}
