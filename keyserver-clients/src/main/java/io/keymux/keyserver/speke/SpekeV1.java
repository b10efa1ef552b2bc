package io.keymux.keyserver.speke;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DeliveryData;
import io.keymux.cpix.DocumentDetails;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.RequestedKey;
import io.keymux.cpix.SignalingDetails;
import io.keymux.cpix.UsageRule;
import io.keymux.cpix.xml.CpixDom;
import io.keymux.cpix.xml.CpixWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.xml.XMLConstants;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * SPEKE v1: one key for all tracks, and no rule but one that names the key period. Every system
 * gets every placeholder, and those that it has nothing for stay empty, since servers expect both.
 *
 * @see "AWS SPEKE API specification v1, Standard payload components"
 */
record SpekeV1(CpixDialect dialect) implements SpekeDialect {
  static final String NAMESPACE = "urn:aws:amazon:com:speke";

  private static final List<String> OWN_PLACEHOLDERS =
      List.of("KeyFormat", "KeyFormatVersions", "ProtectionHeader");

  @Override
  public CpixDocument ask(KeyRequest request, List<DeliveryData> recipients) {
    RequestedKey key = new RequestedKey(request.keyIds().get(0), null, request.constantIv());
    boolean id = dialect.contentId() != CpixDialect.ContentIdAttribute.CONTENT_ID;
    boolean contentId = dialect.contentId() != CpixDialect.ContentIdAttribute.ID;
    return new CpixDocument(
        contentId ? request.contentId() : null,
        null,
        List.of(),
        List.of(key),
        SpekePlaceholders.of(request),
        AskedPeriod.of(request, dialect.cpix()),
        request.keyPeriod() == null
            ? List.of()
            : AskedPeriod.naming(request, List.of(new UsageRule(key.id(), "", List.of()))),
        new DocumentDetails(id ? request.contentId() : null, null, recipients, List.of()));
  }

  @Override
  public Document write(CpixDocument asked) {
    List<DrmSignaling> everything = new ArrayList<>();
    for (DrmSignaling system : asked.drmSystems()) {
      everything.add(
          new DrmSignaling(
              inV1(system.systemId()),
              system.keyId(),
              Bytes.empty(),
              "",
              null,
              null,
              null,
              new SignalingDetails(null, null, null, "", null)));
    }
    Document tree =
        CpixWriter.tree(
            new CpixDocument(
                asked.contentId(),
                null,
                List.of(),
                asked.requestedKeys(),
                everything,
                asked.keyPeriods(),
                asked.usageRules(),
                asked.details()),
            dialect.cpix());
    addOwnPlaceholders(tree);
    return tree;
  }

  /** AES-128 had another identifier before SPEKE v2. */
  private static UUID inV1(UUID systemId) {
    return systemId.equals(DrmSystem.AES_128.systemId()) ? DrmSystem.HLS_AES_128_V1 : systemId;
  }

  private static void addOwnPlaceholders(Document tree) {
    Element root = tree.getDocumentElement();
    root.setAttributeNS(XMLConstants.XMLNS_ATTRIBUTE_NS_URI, "xmlns:speke", NAMESPACE);
    for (Element system : CpixDom.entries(root, "DRMSystemList", "DRMSystem")) {
      for (String name : OWN_PLACEHOLDERS) {
        system.appendChild(tree.createElementNS(NAMESPACE, "speke:" + name));
      }
    }
  }

  @Override
  public CpixDocument normalize(CpixDocument answer, Document tree, ProtectionScheme scheme) {
    List<Element> elements =
        CpixDom.entries(tree.getDocumentElement(), "DRMSystemList", "DRMSystem");
    List<DrmSignaling> systems = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      systems.add(SpekeV1Signaling.of(answer.drmSystems().get(i), elements.get(i), scheme));
    }
    return new CpixDocument(
        answer.contentId(),
        answer.version(),
        answer.contentKeys(),
        answer.requestedKeys(),
        systems,
        answer.keyPeriods(),
        answer.usageRules(),
        answer.details());
  }
}
