package io.keymux.keyserver.cpixget;

import static io.keymux.cpix.DrmSystem.WIDEVINE;
import static io.keymux.keyserver.cpixget.Documents.KEY_1;
import static io.keymux.keyserver.cpixget.Documents.KEY_2;
import static io.keymux.keyserver.cpixget.Documents.fresh;
import static io.keymux.keyserver.speke.Requests.A;
import static io.keymux.keyserver.speke.Requests.B;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Request;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.KeyPeriod;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.UsageRule;
import io.keymux.keyserver.answer.KeyServerDouble;
import io.keymux.keyserver.http.CallAuthorizer;
import io.keymux.keyserver.speke.Requests;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Key periods of servers that learn from the URL alone, or not at all, which one is asked for. */
class CpixGetPeriodsTest {
  @RegisterExtension static final KeyServerDouble SERVER = new KeyServerDouble();

  private static final KeyPeriod SECOND = KeyPeriod.numbered(2);
  private static final KeyRequest ALWAYS = Requests.of(Requests.shared(), WIDEVINE);
  private static final KeyRequest REQUEST = ALWAYS.during(SECOND);

  @ParameterizedTest
  @EnumSource(Mapping.class)
  void exchange_urlNamesThePeriod_takesADocumentWithoutPeriods(Mapping mapping) throws Exception {
    SERVER.answers(Documents.ezdrm(fresh(A), KEY_1));

    CpixDocument document = client("/{contentId}?p={period}", mapping).exchange(REQUEST);

    assertThat(urls()).containsExactly("/movie-1?p=2");
    assertThat(document.keyPeriods()).containsExactly(SECOND);
    assertThat(document.contentKeys()).extracting(ContentKey::id).containsExactly(fresh(A));
    assertThat(document.usageRules()).singleElement().isEqualTo(ruleOf(mapping).during(SECOND));
  }

  private static UsageRule ruleOf(Mapping mapping) {
    return mapping == Mapping.SERVER
        ? new UsageRule(fresh(A), "", List.of())
        : ALWAYS.rules().get(0).withKeyId(fresh(A));
  }

  /** The KID is one of the period, so its key is too. */
  @Test
  void exchange_urlNamesTheKid_takesADocumentWithoutPeriods() throws Exception {
    SERVER.answers(Documents.ezdrm(A, KEY_1));

    CpixDocument document = client("/{kid}", Mapping.REQUEST).exchange(REQUEST);

    assertThat(document.usageRules()).containsExactly(REQUEST.rules().get(0).during(SECOND));
  }

  @ParameterizedTest
  @EnumSource(Mapping.class)
  void exchange_documentOfSeveralPeriods_givesTheAskedOne(Mapping mapping) throws Exception {
    SERVER.answers(rotating());

    CpixDocument document = client("/{contentId}", mapping).exchange(REQUEST);

    assertThat(document.contentKeys()).extracting(ContentKey::id).containsExactly(fresh(B));
    assertThat(document.keyPeriods()).containsExactly(SECOND);
    assertThat(document.usageRules()).extracting(UsageRule::keyId).containsExactly(fresh(B));
  }

  @ParameterizedTest
  @EnumSource(Mapping.class)
  void exchange_nothingNamesThePeriod_isRefused(Mapping mapping) {
    SERVER.answers(Documents.ezdrm(fresh(A), KEY_1));

    assertThat(
            KeyServerDouble.fails(
                client("/{contentId}", mapping), REQUEST, "key-response-invalid", KEY_1))
        .hasMessageContaining("it has no keys for key period number 2");
  }

  @ParameterizedTest
  @EnumSource(Mapping.class)
  void exchange_periodThatIsNotThere_isRefused(Mapping mapping) {
    SERVER.answers(rotating());

    KeyServerDouble.fails(
        client("/{contentId}", mapping),
        ALWAYS.during(KeyPeriod.numbered(3)),
        "key-response-invalid",
        KEY_1,
        KEY_2);
  }

  @Test
  void exchange_urlNamesAPeriodAndTheJobNone_isRefusedBeforeTheCall() {
    KeyServerDouble.fails(
        client("/{contentId}?p={period}", Mapping.SERVER), ALWAYS, "key-request-unsupported");
    assertThat(urls()).isEmpty();
  }

  /** Key 1 in period 1, key 2 in period 2. */
  private static String rotating() {
    return "<CPIX xmlns='urn:dashif:org:cpix' xmlns:cpix='urn:dashif:org:cpix'"
        + " xmlns:pskc='urn:ietf:params:xml:ns:keyprov:pskc'><ContentKeyList>"
        + Documents.key(fresh(A), KEY_1, "")
        + Documents.key(fresh(B), KEY_2, "")
        + "</ContentKeyList><ContentKeyPeriodList><ContentKeyPeriod id='a' index='1'/>"
        + "<ContentKeyPeriod id='b' index='2'/></ContentKeyPeriodList><ContentKeyUsageRuleList>"
        + Documents.rule(fresh(A), "ALL", filters("a"))
        + Documents.rule(fresh(B), "ALL", filters("b"))
        + "</ContentKeyUsageRuleList></CPIX>";
  }

  private static String filters(String period) {
    return "<cpix:KeyPeriodFilter periodId='"
        + period
        + "'/><cpix:VideoFilter/><cpix:AudioFilter/>";
  }

  private static CpixGet client(String template, Mapping mapping) {
    return CpixGet.builder(
            "http://127.0.0.1:" + SERVER.wireMock.port() + template,
            SERVER.http(CallAuthorizer.none()))
        .mapping(mapping)
        .build();
  }

  private static List<String> urls() {
    return SERVER.received().stream().map(Request::getUrl).toList();
  }
}
