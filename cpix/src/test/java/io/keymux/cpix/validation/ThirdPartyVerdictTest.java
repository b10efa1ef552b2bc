package io.keymux.cpix.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.validation.CpixFinding.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What documents of others are, by profile, and why. */
class ThirdPartyVerdictTest {
  private static final String DASH_IF = "dashif-cpix-test-vectors/";
  private static final String SUITE = "aws-speke-v2-suite/";

  @ParameterizedTest
  @CsvSource({
    "ClearContentKeysOnly.xml, cpix-2.2 cpix-2.3 cpix-2.3.1 cpix-2.4, ''",
    "EmptyDocument.xml, cpix-2.1 cpix-2.2 cpix-2.3 cpix-2.3.1 cpix-2.4, ''",
    "UsageRulesBasedOnLabels.xml, cpix-2.3 cpix-2.4, ''",
    "EncryptedContentKeys.xml, cpix-2.2 cpix-2.3 cpix-2.3.1, ''",
    "EncryptedContentKeys.xml, cpix-2.4, other-version-attribute",
    "EncryptedContentKeysWithMultipleRecipients.xml, cpix-2.2 cpix-2.3 cpix-2.3.1, ''",
    "EncryptedContentKeysWithMultipleRecipients.xml, cpix-2.4, other-version-attribute",
    "Complex.xml, cpix-2.2 cpix-2.3 cpix-2.3.1, ''",
    "Complex.xml, cpix-2.4, other-version-attribute playlist-name",
    "KeyRotationMultiKeySinglePeriod.xml, cpix-2.3 cpix-2.4, explicit-iv-uuid",
  })
  void validate_vectorOfDashIf_hasTheseErrorsAndNoneInLenient(
      String name, String profiles, String rules) {
    for (String profile : profiles.split(" ", -1)) {
      assertThat(errors(DASH_IF + name, profile, Strictness.STRICT)).isEqualTo(set(rules));
      assertThat(errors(DASH_IF + name, profile, Strictness.LENIENT)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "plain_key_among_encrypted.xml, cpix-2.3, clear-key-beside-recipients",
    "mac_stripped_one_key.xml, cpix-2.3, missing-value-mac",
    "wrap_in_extension.xml, cpix-2.3, clear-key-beside-recipients signature-reference",
    "complex_listsigs_only.xml, cpix-2.3, ''",
    "cpix24_form_encrypted.xml, cpix-2.4, ''",
    "jdk_signed_c14n11_c14n10_exc.xml, cpix-2.4, ''",
    "mackey_spec_form.xml, cpix-2.3, ''",
    "xxe_external_entity.xml, cpix-2.3, xml-dtd-refused",
    "billion_laughs.xml, speke-v2, xml-dtd-refused",
  })
  void validate_derivedVector_hasTheseErrors(String name, String profile, String rules) {
    assertThat(errors("made-here/" + name, profile, Strictness.STRICT)).isEqualTo(set(rules));
  }

  /** A SPEKE v1 document is right in its own profile only. */
  @ParameterizedTest
  @CsvSource({
    "speke-v1, STRICT, ''",
    "cpix-2.3, STRICT, invalid-id element-order",
    "cpix-2.3, LENIENT, ''",
    "cpix-2.4, STRICT, invalid-id element-order other-version-element",
    "speke-v2, LENIENT,"
        + " speke-content-id speke-version speke-scheme speke-v1-leftover speke-contract-missing"
  })
  void validate_spekeV1Sample_isRightInItsProfileOnly(
      String profile, Strictness strictness, String rules) {
    assertThat(errors("aws-speke-server-tests/server_api_body.xml", profile, strictness))
        .containsAll(set(rules))
        .matches(found -> !found.isEmpty() || rules.isEmpty());
  }

  @ParameterizedTest
  @MethodSource("suite")
  void validate_requestOfTheSpekeSuite_hasErrorsIfItsNameSaysSo(String name) {
    Set<String> expected = name.contains("negative") ? Set.of("speke-version") : Set.of();
    assertThat(errors(name, "speke-v2", Strictness.STRICT)).isEqualTo(expected);
    assertThat(errors(name, "cpix-2.2", Strictness.STRICT)).contains("other-version-attribute");
    assertThat(errors(name, "cpix-2.4", Strictness.STRICT))
        .contains("version-mismatch")
        .matches(found -> found.contains("playlist-name") == expected.isEmpty());
  }

  static Stream<String> suite() {
    return Samples.documents().stream()
        .map(file -> Samples.vectors().relativize(file).toString())
        .filter(name -> name.startsWith(SUITE));
  }

  /** The reference server's answers, with its faults. */
  @ParameterizedTest
  @CsvSource({
    "01-widevine-clear, speke-v2, ''",
    "02-wv-pr-fp-clear, speke-v2, speke-fairplay-iv",
    "03-fairplay-only-clear, speke-v2, speke-fairplay-iv explicit-iv-is-key",
    "04-clearkey-aes128, speke-v2, element-order",
    "05-encrypted-2048, speke-v2, ''",
    "20-v1-aes128-live, speke-v1, ''",
    "21-v1-sample-aes-vod, speke-v1, explicit-iv-is-key",
    "22-v1-widevine-live, speke-v1, ''",
    "23-v1-playready-vod, speke-v1, ''",
    "24-v1-common-pssh, speke-v1, ''"
  })
  void validate_answerOfTheReferenceServer_hasTheseErrors(
      String name, String profile, String rules) {
    String file = "aws-peer-pairs/" + name + ".response.xml";
    assertThat(errors(file, profile, Strictness.STRICT)).isEqualTo(set(rules));
  }

  private static Set<String> set(String rules) {
    return rules.isEmpty()
        ? Set.of()
        : Arrays.stream(rules.split(" ", -1)).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> errors(String name, String profile, Strictness strictness) {
    List<CpixFinding> findings =
        CpixValidator.validate(Samples.vector(name), CpixProfile.ofId(profile), strictness);
    return findings.stream()
        .filter(finding -> finding.severity() == Severity.ERROR)
        .map(CpixFinding::rule)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
