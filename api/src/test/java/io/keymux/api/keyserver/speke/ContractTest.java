package io.keymux.api.keyserver.speke;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Encryption contracts that are none, or that are more than one expects. */
class ContractTest {
  private static final String A = "0f083e4e-b831-4a3d-917e-ce78076e54aa";
  private static final String B = "0f083e4e-b831-4a3d-917e-ce78076e54ab";

  private static final String MALFORMED = "Malformed encryption contract";
  private static final String UNSUPPORTED = "Requested CPIX encryption contract not supported";

  @TempDir static Path folder;
  private static SpekeServer server;

  @BeforeAll
  static void start() {
    server = SpekeServer.in(folder);
  }

  /** Rules are KID letter, type, filters: v and a for bare ones, p for the period. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A VIDEO v, B AUDIO a            | no refusal",
        "A SD v<589824, B HD v>589825    | no refusal",
        "A SD v<589824, B HD v>500000    | no refusal",
        "A SD+HD1 v<921600, B AUDIO a    | no refusal",
        "A SD+HD1 v<589824 v<921600, B AUDIO a | no refusal",
        "A SD+HD1 v v v, B AUDIO a       | " + MALFORMED,
        "A VIDEO v v, B AUDIO a          | " + MALFORMED,
        "A VIDEO v, B AUDIO a a          | " + MALFORMED,
        "A VIDEO v, B AUDIO              | " + MALFORMED,
        "A VIDEO v, B VIDEO v            | " + MALFORMED,
        "A VIDEO v                       | " + MALFORMED,
        "A VIDEO v, C AUDIO a            | " + MALFORMED,
        "A SD+ v, B AUDIO a              | " + MALFORMED,
        "A SD v>10<9, B AUDIO a          | " + MALFORMED,
        "A SD v<0x9, B AUDIO a           | " + MALFORMED,
        "A VIDEO v, B AUDIO a>3<2        | " + MALFORMED,
        "A SD, B AUDIO                   | Missing CPIX encryption contract",
        "A ALL v a, B AUDIO a            | " + MALFORMED,
        "B AUDIO a, A ALL v a            | " + MALFORMED,
        "A ALL v, B AUDIO a              | " + MALFORMED,
        "A ALL pv pa, B ALL qv qa        | no refusal",
        "A ALL pv pa, B ALL pv pa        | " + MALFORMED,
        "A SD pv, B SD qv                | no refusal",
        "A SD pv, B SD pv                | " + MALFORMED,
        "A SD xv, B AUDIO a              | " + MALFORMED,
        "A ALL v<9 a, B X a              | " + MALFORMED,
        "A UHD v>2073601, A AUDIO a, B SD v  | " + UNSUPPORTED,
        "A UHD v, A AUDIO a, B SD v      | " + UNSUPPORTED,
        "A AUDIO+UHD v>2073601 a, B SD v | " + UNSUPPORTED,
        "A X v<8847360, A AUDIO a, B SD v    | " + UNSUPPORTED,
        "A HD v<2073600, A AUDIO a, B UHD v>2073601 | no refusal",
        "A VIDEO l, B AUDIO a            | " + UNSUPPORTED,
      })
  void answer_contract_isJudged(String rules, String text) {
    assertThat(server.refusal(SpekeVersion.V2_0, request(rules))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id=\"p\" index=\"1\"    | id=\"p\"      | " + MALFORMED,
        "id=\"p\" index=\"1\"    | index=\"1\"   | " + MALFORMED,
        "id=\"q\" index=\"2\"    | id=\"p\" index=\"2\" | " + MALFORMED,
      })
  void answer_keyPeriod_needsIdAndPlace(String from, String to, String text) {
    String request = request("A SD pv, B SD qv");
    assertThat(server.refusal(SpekeVersion.V2_0, request)).isEqualTo("no refusal");
    assertThat(server.refusal(SpekeVersion.V2_0, request.replace(from, to))).isEqualTo(text);
  }

  private static String request(String rules) {
    StringBuilder xml =
        new StringBuilder(
            """
            <CPIX xmlns="urn:dashif:org:cpix" contentId="c" version="2.3"><ContentKeyList>\
            <ContentKey kid="%1$s" commonEncryptionScheme="cenc"/>\
            <ContentKey kid="%2$s" commonEncryptionScheme="cenc"/></ContentKeyList><DRMSystemList>\
            <DRMSystem kid="%1$s" systemId="%3$s"/><DRMSystem kid="%2$s" systemId="%3$s"/></DRMSystemList>\
            <ContentKeyPeriodList><ContentKeyPeriod id="p" index="1"/><ContentKeyPeriod id="q" index="2"/>\
            </ContentKeyPeriodList><ContentKeyUsageRuleList>"""
                .formatted(A, B, SpekeText.WIDEVINE));
    for (String rule : rules.split(", ", -1)) {
      String[] words = rule.strip().split(" +", -1);
      String kid = words[0].equals("A") ? A : words[0].equals("B") ? B : B.replace('f', 'e');
      xml.append(
          "<ContentKeyUsageRule kid=\"%s\" intendedTrackType=\"%s\">".formatted(kid, words[1]));
      for (int word = 2; word < words.length; word++) {
        xml.append(filter(words[word]));
      }
      xml.append("</ContentKeyUsageRule>");
    }
    return xml.append("</ContentKeyUsageRuleList></CPIX>").toString();
  }

  private static String filter(String text) {
    if (text.startsWith("l")) {
      return "<LabelFilter label=\"x\"/><VideoFilter/>";
    }
    boolean period = "pqx".indexOf(text.charAt(0)) >= 0;
    String rest = period ? text.substring(1) : text;
    String unit = rest.charAt(0) == 'v' ? "Pixels" : "Channels";
    String bounds =
        rest.substring(1)
            .replaceFirst(">([0-9]+)", " min" + unit + "=\"$1\"")
            .replaceFirst("<([0-9x]+)", " max" + unit + "=\"$1\"");
    return (period ? "<KeyPeriodFilter periodId=\"" + text.charAt(0) + "\"/>" : "")
        + (rest.charAt(0) == 'v' ? "<VideoFilter" : "<AudioFilter")
        + bounds
        + "/>";
  }
}
