package io.keymux.cpix.xml;

import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.CpixVersion;
import io.keymux.cpix.DocumentDetails;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.InvalidCpixException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;

/**
 * Writes new CPIX documents with clear keys, as SPEKE servers and clients expect them: both
 * namespaces declared at the root, {@code cpix} and {@code pskc} as prefixes, elements in the order
 * of the schema, empty values as empty elements.
 *
 * @see "DASH-IF Implementation Guidelines: CPIX"
 */
public final class CpixWriter {
  private CpixWriter() {}

  /** {@link #write(CpixDocument, CpixVersion)} as CPIX 2.3, which most peers read. */
  public static byte[] write(CpixDocument document) {
    return write(document, CpixVersion.V2_3);
  }

  /**
   * Writes {@code document} without line breaks, keys with a value first. Filters of a rule are
   * sorted by kind, which does not change what they match.
   *
   * @param version to write; the version that {@code document} names is not looked at
   * @return UTF-8; holds the keys, so the caller should overwrite it after use
   * @throws InvalidXmlException with code {@code xml-unwritable-text} if a name or a text holds a
   *     character that XML cannot carry
   * @throws DrmException with code {@code cpix-not-in-version} if {@code version} has no place for
   *     something that the document says; {@code cpix-rule-unwritable} if a rule is not usable:
   *     without the filter that Keymux does not know it would match more than it should; {@code
   *     cpix-clear-key-beside-encrypted} if it names recipients, but has keys in the clear
   */
  public static byte[] write(CpixDocument document, CpixVersion version) {
    return SafeXml.serialize(tree(document, version));
  }

  /**
   * A new tree of {@code document}, to be encrypted or signed before it is written.
   *
   * @throws DrmException as {@link #write(CpixDocument, CpixVersion)}
   */
  public static Document tree(CpixDocument document, CpixVersion version) {
    requireOneForm(document);
    VersionCheck check = new VersionCheck(version);
    JaxbCpix root = new JaxbCpix();
    root.id = document.details().id();
    root.contentId = document.contentId();
    root.name = document.details().name();
    root.version = attribute(version);
    addRecipients(root, document.details());
    addKeys(root, document, check);
    addSystems(root, document, check);
    addPeriods(root, document, check);
    addRules(root, document);
    addHistory(root, document.details());
    return BoundDocument.marshal(root);
  }

  /** The attribute has the form major.minor, and exists since 2.3. */
  private static @Nullable String attribute(CpixVersion version) {
    return switch (version) {
      case V2_0, V2_1, V2_2 -> null;
      case V2_3, V2_3_1 -> CpixVersion.V2_3.text();
      case V2_4 -> version.text();
    };
  }

  private static void requireOneForm(CpixDocument document) {
    if (!document.details().deliveryData().isEmpty() && !document.contentKeys().isEmpty()) {
      throw new InvalidCpixException(
          "cpix-clear-key-beside-encrypted",
          "The document names %d recipients, but %d of its keys are in the clear."
              .formatted(document.details().deliveryData().size(), document.contentKeys().size()),
          "Write it without recipients, then encrypt it for them.");
    }
  }

  private static void addRecipients(JaxbCpix root, DocumentDetails details) {
    JaxbCpix.DeliveryList list = new JaxbCpix.DeliveryList();
    details.deliveryData().forEach(entry -> list.items.add(DeliveryDataElement.of(entry)));
    if (!list.items.isEmpty()) {
      root.deliveryLists.add(list);
    }
  }

  private static void addKeys(JaxbCpix root, CpixDocument document, VersionCheck check) {
    JaxbCpix.KeyList list = new JaxbCpix.KeyList();
    document.contentKeys().forEach(key -> list.items.add(ContentKeyElement.of(key, check)));
    document.requestedKeys().forEach(key -> list.items.add(ContentKeyElement.of(key, check)));
    if (!list.items.isEmpty()) {
      root.contentKeyLists.add(list);
    }
  }

  private static void addSystems(JaxbCpix root, CpixDocument document, VersionCheck check) {
    JaxbCpix.DrmList list = new JaxbCpix.DrmList();
    document.drmSystems().forEach(system -> list.items.add(DrmSystemElement.of(system, check)));
    if (!list.items.isEmpty()) {
      root.drmSystemLists.add(list);
    }
  }

  private static void addPeriods(JaxbCpix root, CpixDocument document, VersionCheck check) {
    JaxbCpix.PeriodList list = new JaxbCpix.PeriodList();
    document.keyPeriods().forEach(period -> list.items.add(KeyPeriodElement.of(period, check)));
    if (!list.items.isEmpty()) {
      root.keyPeriodLists.add(list);
    }
  }

  private static void addRules(JaxbCpix root, CpixDocument document) {
    JaxbCpix.RuleList list = new JaxbCpix.RuleList();
    document.usageRules().forEach(rule -> list.items.add(UsageRuleElement.of(rule)));
    if (!list.items.isEmpty()) {
      root.usageRuleLists.add(list);
    }
  }

  private static void addHistory(JaxbCpix root, DocumentDetails details) {
    JaxbCpix.HistoryList list = new JaxbCpix.HistoryList();
    details.updateHistory().forEach(item -> list.items.add(DeliveryDataElement.of(item)));
    if (!list.items.isEmpty()) {
      root.historyLists.add(list);
    }
  }
}
