package io.keymux.cpix.validation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.CpixVersion;
import io.keymux.cpix.xml.InvalidXmlException;
import io.keymux.cpix.xml.OfficialSchemas;
import io.keymux.cpix.xml.SafeXml;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Our verdict on form is that of the official schemas, on every third-party document and on
 * thousands of changes of documents that hold everything. Where it is not, {@link #KNOWN} says why.
 */
class SchemaAgreementTest {
  /** Every how many changes one is tried; 1 for all of them, which takes minutes. */
  private static final int STRIDE = Integer.getInteger("keymux.mutationStride", 31);

  /**
   * The schema of 2.4 types encryptsKey as one UUID, its prose as a list: we take the prose and
   * warn of the schema by {@link CpixRule#ENCRYPTS_KEY_LIST}.
   */
  private static final List<String> KNOWN =
      List.of("@encryptsKey=\"0f083e4e-b831-4a3d-917e-ce78076e54aa ");

  @ParameterizedTest
  @EnumSource(names = "CPIX_.*", mode = EnumSource.Mode.MATCH_ALL)
  void structure_everyThirdPartyDocument_hasTheVerdictOfTheSchema(CpixProfile profile) {
    List<String> differences = new ArrayList<>();
    for (Path file : Samples.documents()) {
      if (isReadable(Samples.bytes(file))) {
        compare(profile, Samples.bytes(file), file.getFileName().toString(), differences);
      }
    }
    assertThat(differences).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = "CPIX_.*", mode = EnumSource.Mode.MATCH_ALL)
  void structure_changesOfElementsAndAttributes_haveTheVerdictOfTheSchema(CpixProfile profile) {
    Samples.vectors();
    byte[] xml = everything(profile).getBytes(UTF_8);
    assertThat(ours(profile, SafeXml.parse(xml))).isEmpty();
    List<Element> elements = Mutation.elements(SafeXml.parse(xml));
    List<Mutation> mutations = Mutation.of(SafeXml.parse(xml));
    List<String> differences = new ArrayList<>();
    int invalid = 0;
    for (int i = 0; i < mutations.size(); i += STRIDE) {
      Mutation mutation = mutations.get(i);
      String what = SafeXml.path(elements.get(mutation.element())) + " " + mutation.name();
      if (KNOWN.stream().noneMatch(what::contains)) {
        invalid += compare(profile, mutation.apply(xml), what, differences) ? 0 : 1;
      }
    }
    assertThat(differences).isEmpty();
    assertThat(invalid).isBetween(100, mutations.size() - 1);
  }

  @Test
  void structure_listOfKidsInEncryptsKey_isTakenAgainstTheSchema() {
    byte[] xml =
        Samples.own("cpix-2.4-everything.xml")
            .replace("encryptsKey='", "encryptsKey='0a30e9ea-8d7a-4aa5-9c63-2b0d2c2d6a6b ")
            .getBytes(UTF_8);
    assertThat(ours(CpixProfile.CPIX_2_4, SafeXml.parse(xml))).isEmpty();
    assertThat(OfficialSchemas.of("2.4").errors(xml)).isNotEmpty();
  }

  /** A valid document with nearly every element and attribute of the version. */
  private static String everything(CpixProfile profile) {
    String xml =
        Samples.own(
            profile == CpixProfile.CPIX_2_4
                ? "cpix-2.4-everything.xml"
                : "cpix-2.3-everything.xml");
    if (profile.version().isAtLeast(CpixVersion.V2_3)) {
      return xml;
    }
    // The schemas of 2.1 and 2.2 type periodId as an id, so that no reference is valid.
    String older =
        xml.replace(" version='2.3'", "")
            .replace(" commonEncryptionScheme='cbcs'", "")
            .replace("<cpix:KeyPeriodFilter periodId='p1'/>", "");
    return profile == CpixProfile.CPIX_2_1
        ? older.replace("playlist='media'", "playlist='variant'")
        : older;
  }

  /** Whether the schema finds the document valid; notes a difference. */
  private static boolean compare(
      CpixProfile profile, byte[] xml, String name, List<String> differences) {
    List<CpixFinding> ours = ours(profile, SafeXml.parse(xml));
    List<String> theirs = OfficialSchemas.of(profile.version().text()).errors(xml);
    if (ours.isEmpty() != theirs.isEmpty()) {
      differences.add(name + ": ours " + ours + ", schema " + theirs);
    }
    return theirs.isEmpty();
  }

  private static List<CpixFinding> ours(CpixProfile profile, Document document) {
    Report report = new Report(profile, Strictness.STRICT);
    new StructureCheck(ElementTable.of(profile.version()), Set.of(), report)
        .run(document.getDocumentElement());
    return report.findings();
  }

  private static boolean isReadable(byte[] xml) {
    try {
      SafeXml.parse(xml);
      return true;
    } catch (InvalidXmlException e) {
      return false;
    }
  }
}
