package io.keymux.keyserver.speke;

import static io.keymux.cpix.DrmSystem.WIDEVINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.CpixVersion;
import io.keymux.cpix.KeyPeriod;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.UsageRule;
import io.keymux.cpix.xml.CpixDom;
import io.keymux.cpix.xml.SafeXml;
import io.keymux.keyserver.http.KeyExchangeException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

/** Requests for one key period, in SPEKE and in dialects, and what answers may make of them. */
class KeyPeriodsTest {
  @RegisterExtension static final SpekeServer server = new SpekeServer();

  private static final KeyPeriod SECOND =
      new KeyPeriod(
          "period-2", 2L, null, null, null, Duration.ofSeconds(60), Duration.ofSeconds(120), null);
  private static final KeyRequest REQUEST =
      Requests.of(Requests.perType(), WIDEVINE).during(SECOND);
  private static final String LIST =
      "<cpix:ContentKeyPeriodList><cpix:ContentKeyPeriod id=\"period-2\" index=\"2\"/>"
          + "</cpix:ContentKeyPeriodList>";
  private static final String FILTER = "<cpix:KeyPeriodFilter periodId=\"period-2\"/>";

  @Test
  void exchange_v2_namesThePeriodInEveryRule() throws Exception {
    server.answersOk(answer());

    CpixDocument document = server.client().exchange(REQUEST);

    Element sent = sent();
    assertThat(CpixDom.entries(sent, "ContentKeyPeriodList", "ContentKeyPeriod"))
        .singleElement()
        .satisfies(
            period -> {
              assertThat(period.getAttribute("id")).isEqualTo("period-2");
              assertThat(period.getAttribute("index")).isEqualTo("2");
              assertThat(period.getAttributes().getLength()).isEqualTo(2);
            });
    assertThat(CpixDom.entries(sent, "ContentKeyUsageRuleList", "ContentKeyUsageRule"))
        .hasSize(2)
        .allSatisfy(KeyPeriodsTest::assertNamesThePeriod);
    assertThat(document.keyPeriods()).containsExactly(SECOND);
    assertThat(document.usageRules())
        .isEqualTo(REQUEST.rules().stream().map(rule -> rule.during(SECOND)).toList());
  }

  @Test
  void exchange_v21_saysItsPlaceInTheContentToo() throws Exception {
    server.answers(
        SpekeServer.answer(
            answer()
                .replace("version=\"2.3\"", "version=\"2.4\"")
                .replace("index=\"2\"", "index=\"2\" startOffset=\"PT1M\" endOffset=\"PT2M\""),
            "2.1"));

    SpekeClient.builder(SpekeVersion.V2_1, server.url()).build().exchange(REQUEST);

    Element period = CpixDom.entries(sent(), "ContentKeyPeriodList", "ContentKeyPeriod").get(0);
    assertThat(period.getAttribute("index")).isEqualTo("2");
    assertThat(period.getAttribute("startOffset")).isEqualTo("PT1M");
    assertThat(period.getAttribute("endOffset")).isEqualTo("PT2M");
  }

  /** As in the live requests of AWS: a rule with the period, and nothing else. */
  @Test
  void exchange_v1_hasOneRuleForThePeriod() throws Exception {
    KeyRequest request = Requests.of(Requests.shared(), WIDEVINE).during(SECOND);
    server.answersOk(
        SpekeAnswer.to(request)
            .replace("contentId=\"movie-1\" version=\"2.3\"", "id=\"movie-1\"")
            .replace(" commonEncryptionScheme=\"cenc\"", "")
            .replace("<cpix:ContentKeyUsageRuleList>", LIST + "<cpix:ContentKeyUsageRuleList>")
            .replace(" intendedTrackType=\"ALL\"", "")
            .replace("<cpix:VideoFilter/><cpix:AudioFilter/>", FILTER));

    CpixDocument document =
        SpekeClient.builder(SpekeVersion.V1_0, server.url()).build().exchange(request);

    assertThat(CpixDom.entries(sent(), "ContentKeyUsageRuleList", "ContentKeyUsageRule"))
        .singleElement()
        .satisfies(KeyPeriodsTest::assertNamesThePeriod)
        .satisfies(
            rule -> {
              assertThat(rule.getAttribute("kid")).isEqualTo(Requests.A.toString());
              assertThat(CpixDom.children(rule)).hasSize(1);
            });
    assertThat(document.keyPeriods()).containsExactly(SECOND);
    assertThat(document.usageRules()).containsExactly(request.rules().get(0).during(SECOND));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no list|" + LIST + "|''|cpix-unknown-period",
        "another index|index=\"2\"|index=\"1\"|its ContentKeyPeriodList is not that of the request",
        "a second period|</cpix:ContentKeyPeriodList>|<cpix:ContentKeyPeriod id=\"b\" index=\"3\"/></cpix:ContentKeyPeriodList>|its ContentKeyPeriodList is not that of the request",
        "a rule for all periods|"
            + FILTER
            + "<cpix:AudioFilter/>|<cpix:AudioFilter/>|the filters of the usage rule for \"AUDIO\" were changed",
      },
      quoteCharacter = '`')
  void exchange_changedPeriods_areRefused(String name, String from, String to, String found) {
    String answer = answer().replace(from, to.equals("''") ? "" : to);
    assertThat(answer).as(name).isNotEqualTo(answer());
    server.answersOk(answer);

    KeyExchangeException error =
        catchThrowableOfType(KeyExchangeException.class, () -> server.client().exchange(REQUEST));

    assertThat(error.code()).isEqualTo("key-response-invalid");
    assertThat(error).hasMessageContaining(found);
  }

  @Test
  void exchange_periodThatNobodyAskedFor_isRefused() {
    server.answersOk(answer());
    KeyRequest always = Requests.of(Requests.perType(), WIDEVINE);

    KeyExchangeException error =
        catchThrowableOfType(KeyExchangeException.class, () -> server.client().exchange(always));

    assertThat(error).hasMessageContaining("it has a ContentKeyPeriodList, the request has none");
  }

  /** A vendor may rename the period, as long as its index stays. */
  @Test
  void exchange_dialect_findsThePeriodByItsIndex() throws Exception {
    server.answersOk(answer().replace("period-2", "p"));

    CpixDocument document = vendor(true).exchange(REQUEST);

    assertThat(document.keyPeriods()).containsExactly(SECOND);
    assertThat(document.usageRules())
        .extracting(UsageRule::keyId)
        .containsExactly(Requests.A, Requests.B);
    assertThat(CpixDom.entries(sent(), "ContentKeyUsageRuleList", "ContentKeyUsageRule"))
        .allSatisfy(KeyPeriodsTest::assertNamesThePeriod);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {LIST + "|''", "index=\"2\"|index=\"3\""},
      quoteCharacter = '`')
  void exchange_dialectWithoutThePeriod_isRefused(String from, String to) {
    String answer = answer().replace(from, to.equals("''") ? "" : to);
    server.answersOk(answer.contains(LIST.substring(0, 20)) ? answer : answer.replace(FILTER, ""));

    KeyExchangeException error =
        catchThrowableOfType(KeyExchangeException.class, () -> vendor(true).exchange(REQUEST));

    assertThat(error.code()).isEqualTo("key-response-invalid");
    assertThat(error)
        .hasMessageContaining("it has no keys for key period number 2 (unknown-key-period)");
  }

  @Test
  void exchange_dialectWithoutPeriods_isRefusedBeforeTheCall() {
    KeyExchangeException error =
        catchThrowableOfType(KeyExchangeException.class, () -> vendor(false).exchange(REQUEST));

    assertThat(error.code()).isEqualTo("key-rotation-unsupported");
    assertThat(server.received()).isEmpty();
  }

  private static SpekeClient vendor(boolean periods) {
    return server
        .builder()
        .dialect(CpixDialect.vendor(CpixVersion.V2_3).keyPeriods(periods).build())
        .build();
  }

  private static String answer() {
    return SpekeAnswer.to(REQUEST)
        .replace("<cpix:ContentKeyUsageRuleList>", LIST + "<cpix:ContentKeyUsageRuleList>")
        .replace("<cpix:VideoFilter", FILTER + "<cpix:VideoFilter")
        .replace("<cpix:AudioFilter", FILTER + "<cpix:AudioFilter");
  }

  private static Element sent() {
    return SafeXml.parse(server.received().get(0).getBody()).getDocumentElement();
  }

  private static void assertNamesThePeriod(Element rule) {
    List<Element> filters = CpixDom.children(rule, "KeyPeriodFilter");
    assertThat(filters).hasSize(1);
    assertThat(filters.get(0).getAttribute("periodId")).isEqualTo("period-2");
  }
}
