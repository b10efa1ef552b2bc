package io.keymux.cpix.validation;

import io.keymux.cpix.CpixVersion;
import io.keymux.cpix.xml.CpixNames;
import io.keymux.cpix.xml.InvalidXmlException;
import io.keymux.cpix.xml.SafeXml;
import java.util.List;
import java.util.Set;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Holds a document against a {@link CpixProfile} and says what breaks it.
 *
 * <p>Signatures are not verified and nothing is decrypted: a document without findings has the form
 * and the references of its profile, no more. Keys in it are compared with IVs, and forgotten.
 */
public final class CpixValidator {
  private static final List<Check> CHECKS =
      List.of(
          new ReferenceCheck(),
          new KidFormCheck(),
          new KeyCheck(),
          new HierarchyCheck(),
          new DeliveryCheck(),
          new SystemCheck(),
          new PsshCheck(),
          new SmoothCheck(),
          new HlsCheck(),
          new EmptySignalingCheck(),
          new PeriodCheck(),
          new UsageRuleCheck(),
          new SpekeCheck(),
          new SpekeSystemCheck(),
          new SpekeContractCheck(),
          new SpekeV1Check());

  private CpixValidator() {}

  /**
   * Validates a document of at most 1 MiB. Whether it is a request or a response is told by the
   * presence of {@code ContentKey/Data}.
   *
   * @param xml in any encoding that it declares
   * @return what breaks the profile: first its form, in the order of the document, then its
   *     meaning; at most 501. XML that {@link SafeXml} refuses is one finding with its code, a root
   *     other than CPIX is one finding as well
   */
  public static List<CpixFinding> validate(byte[] xml, CpixProfile profile, Strictness strictness) {
    Document document;
    try {
      document = SafeXml.parse(xml);
    } catch (InvalidXmlException e) {
      Report report = new Report(profile, strictness);
      report.add(CpixRule.ofXmlCode(e.code()), "/", e.problem(), e.remedy());
      return report.findings();
    }
    return validate(document, profile, strictness);
  }

  /**
   * As {@link #validate(byte[], CpixProfile, Strictness)}, for a tree. It is not changed.
   *
   * @param document from {@link SafeXml#parse(byte[])}, which bounds its depth
   */
  public static List<CpixFinding> validate(
      Document document, CpixProfile profile, Strictness strictness) {
    return validate(
        document, profile, strictness, DocumentView.direction(document.getDocumentElement()));
  }

  /**
   * As {@link #validate(Document, CpixProfile, Strictness)}, for whoever knows which half of an
   * exchange the document is: a response without any key is else taken for a request.
   */
  public static List<CpixFinding> validate(
      Document document, CpixProfile profile, Strictness strictness, Direction direction) {
    Report report = new Report(profile, strictness);
    Element root = document.getDocumentElement();
    if (!CpixNames.CPIX.equals(root.getNamespaceURI()) || !"CPIX".equals(root.getLocalName())) {
      report.at(
          root, CpixRule.WRONG_ROOT, "The root element is not CPIX.", "Send a CPIX document.");
      return report.findings();
    }
    CpixVersion version = version(root, profile);
    Set<String> optional =
        profile.isSpeke() && direction == Direction.REQUEST ? Set.of("DocumentKey") : Set.of();
    new StructureCheck(ElementTable.of(version), optional, report).run(root);
    DocumentView tree = new DocumentView(root, profile, version, direction, strictness);
    CHECKS.forEach(check -> check.run(tree, report));
    return report.findings();
  }

  private static CpixVersion version(Element root, CpixProfile profile) {
    boolean speke24 =
        profile == CpixProfile.SPEKE_V2
            && root.getAttribute("version").equals(CpixVersion.V2_4.text());
    return speke24 ? CpixVersion.V2_4 : profile.version();
  }
}
