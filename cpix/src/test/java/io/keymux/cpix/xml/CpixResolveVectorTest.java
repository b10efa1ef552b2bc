package io.keymux.cpix.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.Track;
import io.keymux.cpix.TrackKeys;
import io.keymux.cpix.TrackType;
import io.keymux.cpix.UnresolvedKeyException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Resolves tracks by the rules of third-party documents. */
class CpixResolveVectorTest {

  @ParameterizedTest
  @CsvSource({
    "made-here/ambiguous_rules.xml, VIDEO, 921600, 0, '', ambiguous-usage-rules",
    "made-here/ambiguous_rules.xml, VIDEO, 921601, 0, '', 40d02dd1-61a3-4787-a155-572325d47b80",
    "made-here/ambiguous_rules.xml, VIDEO, 0, 0, '', 0a30ea4f-539d-4b02-94b2-2b3fba2576d3",
    "made-here/or_within_and_across.xml, VIDEO, 1, 0, stream-2, 40d02dd1-61a3-4787-a155-572325d47b80",
    "made-here/or_within_and_across.xml, VIDEO, 1, 0, stream-1, 40d02dd1-61a3-4787-a155-572325d47b80",
    "made-here/or_within_and_across.xml, VIDEO, 1, 0, '', no-usage-rule",
    "made-here/or_within_and_across.xml, AUDIO, 0, 128000, '', 0a30ea4f-539d-4b02-94b2-2b3fba2576d3",
    "made-here/or_within_and_across.xml, AUDIO, 0, 128001, '', 9f7908fa-5d5c-4097-ba53-50edc2235fbc",
    "made-here/extensions_roundtrip_and_unusable_rule.xml, VIDEO, 1, 0, '', unusable-usage-rule",
    "dashif-cpix-test-vectors/UsageRulesBasedOnLabels.xml, AUDIO, 0, 1, Speech, ba6c62d6-4a49-4aa4-8869-ce4d2727a2b5",
    "dashif-cpix-test-vectors/UsageRulesBasedOnLabels.xml, VIDEO, 1, 1, HDR-Video, 7ae8e96f-309e-42c3-a510-24023d923373",
    "dashif-cpix-test-vectors/UsageRulesBasedOnLabels.xml, VIDEO, 1, 1, 8K-Video, no-usage-rule",
    "dashif-cpix-test-vectors/ClearContentKeysOnly.xml, VIDEO, 1, 1, '', no-usage-rule",
    "livesim2/cpix_1key_cbcs_test.xml, AUDIO, 0, 1, '', 01234567-89ab-cdef-0123-456789abcdef",
    "aws-peer-pairs/01-widevine-clear.response.xml, AUDIO, 0, 1, '', 00000002-1111-4111-8111-111111111111",
    "aws-peer-pairs/01-widevine-clear.request.xml, AUDIO, 0, 1, '', key-without-value",
    "aws-peer-pairs/20-v1-aes128-live.response.xml, VIDEO, 1, 1, '', 6c5f5206-7d98-4808-84d8-94f132c1e9fe",
    "aws-peer-pairs/21-v1-sample-aes-vod.response.xml, AUDIO, 0, 1, '', 6c5f5206-7d98-4808-84d8-94f132c1e9fe"
  })
  void resolve_thirdPartyRules_giveTheExpectedKeyOrError(
      String document, TrackType type, int pixels, long bitrate, String label, String expected) {
    CpixDocument cpix = CpixReader.read(Resources.vector(document));
    Set<String> labels = new HashSet<>(Set.of("t"));
    labels.add(label.isEmpty() ? "t" : label);
    Track track =
        new Track("t", type, labels, "und", "", bitrate, pixels, 1, 25, false, false, 2, 48_000);
    if (expected.length() == 36) {
      assertThat(TrackKeys.resolve(cpix, List.of(track), Set.of()).assignments())
          .singleElement()
          .satisfies(entry -> assertThat(entry.key()).isNotNull())
          .extracting(entry -> String.valueOf(entry.key()))
          .asString()
          .contains(expected);
    } else {
      assertThatThrownBy(() -> TrackKeys.resolve(cpix, List.of(track), Set.of()))
          .asInstanceOf(type(UnresolvedKeyException.class))
          .extracting(UnresolvedKeyException::code)
          .isEqualTo(expected);
    }
  }
}
