package io.keymux.cpix.xml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The verdicts over third parties' documents are those that libxml2 and Xerces gave. */
class OfficialSchemasTest {

  @ParameterizedTest
  @CsvSource({
    "2.2, dashif-cpix-test-vectors/EncryptedContentKeys.xml, true",
    "2.3, dashif-cpix-test-vectors/EncryptedContentKeys.xml, true",
    "2.3.1, dashif-cpix-test-vectors/EncryptedContentKeys.xml, true",
    "2.4, dashif-cpix-test-vectors/EncryptedContentKeys.xml, false",
    "2.3, made-here/cpix24_form_encrypted.xml, true",
    "2.4, made-here/cpix24_form_encrypted.xml, true",
    "2.4, made-here/jdk_signed_c14n11_c14n10_exc.xml, true",
    "2.2, aws-peer-pairs/22-v1-widevine-live.response.xml, false",
    "2.3, aws-peer-pairs/22-v1-widevine-live.response.xml, false"
  })
  void errors_thirdPartyDocument_areNoneIfItIsValid(String version, String name, boolean valid) {
    assertThat(OfficialSchemas.of(version).errors(Resources.vector(name)).isEmpty())
        .isEqualTo(valid);
  }

  @ParameterizedTest
  @CsvSource({"2.1", "2.2", "2.3", "2.3.1", "2.4"})
  void errors_truncatedDocument_areReported(String version) {
    byte[] whole = Resources.bytes("clear.xml");
    assertThat(OfficialSchemas.of(version).errors(Arrays.copyOf(whole, whole.length - 3)))
        .isNotEmpty();
  }
}
