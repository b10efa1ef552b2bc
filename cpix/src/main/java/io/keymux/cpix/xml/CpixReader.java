package io.keymux.cpix.xml;

import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.CpixVersion;
import io.keymux.cpix.DocumentDetails;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.InvalidCpixException;
import io.keymux.cpix.UpdateHistoryItem;
import io.keymux.cpix.UsageRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Reads CPIX 2.0 to 2.4 documents.
 *
 * <p>It passes over what does not bear on keys: elements of vendors in {@code DRMSystem} and what
 * is left of PSKC on keys before 2.4. Order of elements does not matter, since SPEKE v1 servers
 * ignore it.
 *
 * <p>The text of key values lives in the parsed tree until that is collected; the caller should
 * overwrite its own bytes.
 *
 * @see "DASH-IF Implementation Guidelines: CPIX"
 */
public final class CpixReader {
  private final BoundDocument document;
  private final ContentKeyReader keys;

  private CpixReader(BoundDocument document, SecretReader secrets) {
    this.document = document;
    this.keys = new ContentKeyReader(document, secrets);
  }

  /**
   * Reads one document of at most 1 MiB that has its keys in the clear and no signatures.
   *
   * @param xml in any encoding that it declares, with or without byte order mark
   * @throws InvalidXmlException if it is no XML, or XML that {@link SafeXml} refuses
   * @throws InvalidCpixException with a {@code cpix-} code and an XPath if it contradicts CPIX or
   *     itself
   * @throws DrmException with code {@code cpix-signature-unverified} if it is signed, {@code
   *     cpix-key-encrypted} if a key is encrypted; with blame {@code UNSUPPORTED} and code {@code
   *     cpix-scheme-unsupported}, {@code cpix-several-hls-lines} or {@code
   *     cpix-version-unsupported} if it is legal but not read
   */
  public static CpixDocument read(byte[] xml) {
    Document tree = SafeXml.parse(xml);
    requireUnsigned(tree);
    return read(tree, clearSecrets(tree));
  }

  /**
   * Reads a tree. Signatures are not looked at; the tree is not changed.
   *
   * @param secrets reads the keys, and decides which may be read
   * @throws DrmException as {@link #read(byte[])}, and what {@code secrets} throws
   */
  public static CpixDocument read(Document tree, SecretReader secrets) {
    return new CpixReader(BoundDocument.of(tree), secrets).read();
  }

  /**
   * @throws DrmException with code {@code cpix-signature-unverified} if the document is signed
   */
  public static void requireUnsigned(Document tree) {
    CpixDom.children(tree.getDocumentElement()).forEach(CpixReader::refuseSignature);
  }

  /**
   * @throws InvalidCpixException with code {@code cpix-wrong-root} if {@code tree} is no CPIX
   *     document
   */
  public static void requireCpix(Document tree) {
    BoundDocument.requireCpix(tree.getDocumentElement());
  }

  /**
   * Reads keys in the clear. One that is encrypted ends in {@code cpix-key-encrypted}, one in the
   * clear beside recipients in {@code cpix-clear-key-beside-encrypted}.
   */
  public static SecretReader clearSecrets(Document tree) {
    return new ClearSecrets(tree.getDocumentElement(), ClearSecrets.Encrypted.REFUSE);
  }

  /** Reads keys in the clear and does without the others. For looking into a document only. */
  public static SecretReader readableSecrets(Document tree) {
    return new ClearSecrets(tree.getDocumentElement(), ClearSecrets.Encrypted.LEAVE_OUT);
  }

  private CpixDocument read() {
    JaxbCpix root = document.root();
    requireVersion(root.version);
    document.otherChildren().forEach(CpixReader::requireSignature);
    JaxbCpix.KeyList keyList = document.single(root.contentKeyLists);
    if (keyList != null) {
      keyList.items.forEach(keys::read);
      keys.requireFlatHierarchy();
    }
    List<DrmSignaling> systems = systems(document.single(root.drmSystemLists));
    KeyPeriodReader periods = new KeyPeriodReader(document);
    JaxbCpix.PeriodList periodList = document.single(root.keyPeriodLists);
    if (periodList != null) {
      periodList.items.forEach(periods::read);
    }
    List<UsageRule> rules = rules(document.single(root.usageRuleLists), periods.ids());
    return new CpixDocument(
        root.contentId,
        root.version,
        keys.keys(),
        keys.requested(),
        systems,
        periods.periods(),
        rules,
        details(root));
  }

  private void requireVersion(@Nullable String version) {
    if (version != null && CpixVersion.of(version) == null) {
      throw document
          .place(document.root())
          .attribute("version")
          .unsupported(
              "cpix-version-unsupported",
              "CPIX version \"" + Lexical.shortened(version) + "\" is not known.",
              "Use version 2.3.");
    }
  }

  private static void refuseSignature(Element child) {
    if (isSignature(child)) {
      throw new DrmException(
          DrmException.Blame.CALLER,
          "cpix-signature-unverified",
          SafeXml.path(child) + ": the document is signed, and nobody has verified the signature.",
          "Verify it first, or ask for an unsigned document over an authenticated channel.");
    }
  }

  /** The root has no extension point: whatever else stands there would be lost unseen. */
  private static void requireSignature(Element child) {
    if (!isSignature(child)) {
      throw new InvalidCpixException(
          "cpix-unexpected-element",
          SafeXml.path(child) + " stands where CPIX has no place for it.",
          "Check its name and its namespace, or remove it.");
    }
  }

  private static boolean isSignature(Element child) {
    return CpixNames.XMLDSIG.equals(child.getNamespaceURI())
        && "Signature".equals(child.getLocalName());
  }

  private List<DrmSignaling> systems(JaxbCpix.@Nullable DrmList list) {
    List<DrmSignaling> systems = new ArrayList<>();
    if (list == null) {
      return systems;
    }
    DrmSystemReader reader = new DrmSystemReader(document);
    Set<List<Object>> seen = new HashSet<>();
    for (JaxbDrmSystem element : list.items) {
      DrmSignaling system = reader.read(element);
      Place place = document.place(element);
      keys.requireKnown(system.keyId(), place.attribute("kid"));
      if (!seen.add(List.of(system.systemId(), system.keyId()))) {
        throw place.invalid(
            "cpix-duplicate-drm-system",
            "an earlier DRMSystem is for the same DRM system and KID.",
            "Leave one.");
      }
      systems.add(system);
    }
    return systems;
  }

  private List<UsageRule> rules(JaxbCpix.@Nullable RuleList list, Set<String> periodIds) {
    List<UsageRule> rules = new ArrayList<>();
    if (list == null) {
      return rules;
    }
    UsageRuleReader reader = new UsageRuleReader(document, periodIds);
    for (JaxbUsageRule element : list.items) {
      UsageRule rule = reader.read(element);
      keys.requireKnown(rule.keyId(), document.place(element).attribute("kid"));
      rules.add(rule);
    }
    return rules;
  }

  private DocumentDetails details(JaxbCpix root) {
    JaxbCpix.DeliveryList recipients = document.single(root.deliveryLists);
    JaxbCpix.HistoryList history = document.single(root.historyLists);
    if (root.id == null && root.name == null && recipients == null && history == null) {
      return DocumentDetails.NONE;
    }
    DeliveryDataReader reader = new DeliveryDataReader(document);
    return new DocumentDetails(
        root.id,
        root.name,
        recipients == null ? List.of() : recipients.items.stream().map(reader::read).toList(),
        history == null ? List.of() : history.items.stream().map(this::historyItem).toList());
  }

  private UpdateHistoryItem historyItem(JaxbCpix.HistoryItem item) {
    Place place = document.place(item);
    Place version = place.attribute("updateVersion");
    Place date = place.attribute("date");
    return new UpdateHistoryItem(
        item.id,
        Lexical.number(Lexical.required(item.updateVersion, version), version, 0, Long.MAX_VALUE),
        Lexical.required(item.index, place.attribute("index")),
        Lexical.required(item.source, place.attribute("source")),
        Lexical.dateTime(Lexical.required(item.date, date), date));
  }
}
