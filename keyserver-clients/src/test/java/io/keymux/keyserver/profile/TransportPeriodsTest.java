package io.keymux.keyserver.profile;

import static io.keymux.cpix.DrmSystem.PLAYREADY;
import static io.keymux.cpix.DrmSystem.WIDEVINE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Request;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyPeriod;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.xml.CpixDom;
import io.keymux.cpix.xml.SafeXml;
import io.keymux.keyserver.answer.KeyServerDouble;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.keyserver.speke.Requests;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What accounts of each transport do when a job asks for the keys of one key period. */
class TransportPeriodsTest {
  @RegisterExtension static final KeyServerDouble SERVER = new KeyServerDouble();

  private static final KeyPeriod SECOND = KeyPeriod.numbered(2);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "transport: playready | PLAYREADY | PlayReady's packaging interface",
        "transport: tencent, trackTypes: {names: {ALL: SD}}, auth: {type: none}"
            + " | WIDEVINE | Tencent's DRM service",
        "transport: cpix-post, cpix: {speke: none} | WIDEVINE | a dialect of CPIX for one set of keys",
        "transport: cpix-post, cpix: {speke: '2.0', keyPeriods: false}"
            + " | WIDEVINE | a dialect of CPIX for one set of keys",
      })
  void exchange_transportWithoutPeriods_isRefusedBeforeTheCall(
      String fields, DrmSystem system, String transport) {
    KeyRequest request = Requests.of(Requests.shared(), system).during(SECOND);
    try (KeyServer client = open(fields)) {
      KeyExchangeException error =
          KeyServerDouble.fails(client, request, "key-rotation-unsupported");

      assertThat(error).hasMessageContaining("key server 127.0.0.1 is asked through " + transport);
      assertThat(SERVER.received()).isEmpty();
    }
  }

  /** Keys are ours, so a store needs to know nothing of periods. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "transport: seed, seed: '${env:SEED}'",
        "transport: playready-seed, seed: '${env:B64}'"
      })
  void exchange_derivedKeys_differInEveryPeriod(String fields) throws Exception {
    try (KeyServer client = open(fields)) {
      KeyRequest first = kidOf(1);
      CpixDocument one = client.exchange(first);
      CpixDocument two = client.exchange(kidOf(2));

      assertThat(one.contentKeys()).doesNotContainAnyElementsOf(two.contentKeys());
      assertThat(one.keyPeriods()).containsExactly(KeyPeriod.numbered(1));
      assertThat(client.exchange(first)).isEqualTo(one);
    }
  }

  /** As the packager asks: with a KID of the period. */
  private static KeyRequest kidOf(long index) {
    KeyPeriod period = KeyPeriod.numbered(index);
    return Requests.of(
            List.of(Requests.shared().get(0).withKeyId(index == 1 ? Requests.A : Requests.B)),
            PLAYREADY)
        .during(period);
  }

  @Test
  void exchange_ingest_saysTheRotationId() throws Exception {
    SERVER.answers("{\"assets\":[{\"assetId\":\"movie-1\"}]}");
    KeyRequest request = Requests.of(Requests.perType(), WIDEVINE);
    try (KeyServer client = open("transport: drmtoday-ingest")) {
      client.exchange(request);
      CpixDocument second = client.exchange(request.during(SECOND));

      List<Request> received = SERVER.received();
      assertThat(received.get(0).getBodyAsString()).doesNotContain("keyRotationId");
      assertThat(received.get(1).getBodyAsString().split("\"keyRotationId\":\"period-2\"}", -1))
          .hasSize(3);
      assertThat(second).isEqualTo(TestAccounts.PRODUCER.exchange(request.during(SECOND)));
    }
  }

  @Test
  void exchange_store_keepsTheKeysOfThePeriod() throws Exception {
    KeyRequest request = Requests.of(Requests.shared(), WIDEVINE).during(SECOND);
    ContentKey made = TestAccounts.PRODUCER.exchange(request).contentKeys().get(0);
    SERVER.answers(
        "{\"kid\":\"%s\",\"k\":\"%s\"}"
            .formatted(made.id().toHex(), HexFormat.of().formatHex(made.value().reveal())));
    try (KeyServer client = open("transport: skm")) {
      CpixDocument document = client.exchange(request);

      assertThat(document.contentKeys()).containsExactly(made);
      assertThat(document.keyPeriods()).containsExactly(SECOND);
    }
  }

  /** Its interface counts periods, says the vendor; a document without any is its position 0. */
  @Test
  void exchange_verimatrix_sendsThePeriodByItsIndex() {
    try (KeyServer client = open("profile: verimatrix, limits: {systems: [widevine]}")) {
      SERVER.answers(500, "");
      KeyServerDouble.fails(
          client, Requests.of(Requests.perType(), WIDEVINE).during(SECOND), "key-server-refused");

      assertThat(
              CpixDom.entries(
                  SafeXml.parse(SERVER.received().get(0).getBody()).getDocumentElement(),
                  "ContentKeyPeriodList",
                  "ContentKeyPeriod"))
          .singleElement()
          .satisfies(period -> assertThat(period.getAttribute("index")).isEqualTo("2"));
    }
  }

  private static KeyServer open(String fields) {
    String url = SERVER.url().uri().toString();
    return TestAccounts.servers(
            Map.of(
                "URL",
                url,
                "SEED",
                "0f".repeat(32),
                "B64",
                "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5"))
        .open(
            "test",
            (fields.contains("seed")
                    ? "{%s}".formatted(fields)
                    : "{url: '${env:URL}', %s}".formatted(fields))
                .getBytes(UTF_8));
  }
}
