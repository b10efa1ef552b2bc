package io.keymux.cpix.validation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.xml.OfficialSchemas;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CleanDocumentTest {

  @ParameterizedTest
  @CsvSource({
    "cpix-2.1, cpix-2.1.xml",
    "cpix-2.2, cpix-2.2.xml",
    "cpix-2.3, cpix-2.3.xml",
    "cpix-2.3, cpix-2.3-encrypted.xml",
    "cpix-2.3.1, cpix-2.3.1.xml",
    "cpix-2.4, cpix-2.4.xml",
    "cpix-2.4, cpix-2.4-encrypted.xml",
    "speke-v1, speke-v1-request.xml",
    "speke-v1, speke-v1-response.xml",
    "speke-v2, speke-v2.0-request.xml",
    "speke-v2, speke-v2.0-response.xml"
  })
  void validate_cleanDocument_findsNothing(String profile, String name) {
    byte[] xml = Samples.own(name).getBytes(UTF_8);
    for (Strictness strictness : Strictness.values()) {
      assertThat(CpixValidator.validate(xml, CpixProfile.ofId(profile), strictness)).isEmpty();
    }
  }

  /** SPEKE 2.1 says CPIX 2.4 and writes master, which is a name of 2.3. */
  @ParameterizedTest
  @CsvSource({"speke-v2.1-request.xml", "speke-v2.1-response.xml"})
  void validate_speke21_warnsOfTheOldPlaylistNameOnly(String name) {
    byte[] xml = Samples.own(name).getBytes(UTF_8);
    assertThat(CpixValidator.validate(xml, CpixProfile.SPEKE_V2, Strictness.STRICT))
        .hasSize(6)
        .allMatch(finding -> finding.rule().equals("playlist-name"))
        .allMatch(finding -> finding.severity() == CpixFinding.Severity.WARNING);
  }

  /** The schemas of 2.1 and 2.2 refuse every KeyPeriodFilter, so ours are not valid there. */
  @ParameterizedTest
  @CsvSource({
    "2.3, cpix-2.3.xml",
    "2.3, cpix-2.3-encrypted.xml",
    "2.3.1, cpix-2.3.1.xml",
    "2.4, cpix-2.4.xml",
    "2.4, cpix-2.4-encrypted.xml",
    "2.3, speke-v2.0-request.xml",
    "2.3, speke-v2.0-response.xml"
  })
  void cleanDocument_officialSchema_findsNothingEither(String version, String name) {
    byte[] xml = Samples.own(name).getBytes(UTF_8);
    assertThat(OfficialSchemas.of(version).errors(xml)).isEmpty();
  }
}
