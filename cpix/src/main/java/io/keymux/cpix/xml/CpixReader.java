package io.keymux.cpix.xml;

import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.InvalidCpixException;
import io.keymux.cpix.KeyPeriod;
import io.keymux.cpix.UsageRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * Reads CPIX 2.0 to 2.4 documents with clear keys.
 *
 * <p>What it does not read it refuses: encrypted keys, signatures, key hierarchies. It passes over
 * what does not bear on keys: the update history, elements of vendors in {@code DRMSystem}, {@code
 * HDCPData}, a period's label and offsets, and all that 2.4 removed. Order of elements does not
 * matter, since SPEKE v1 servers ignore it.
 *
 * <p>The text of key values lives in the parsed tree until that is collected; the caller should
 * overwrite its own bytes.
 *
 * @see "DASH-IF Implementation Guidelines: CPIX"
 */
public final class CpixReader {
  private static final Set<String> VERSIONS = Set.of("2.0", "2.1", "2.2", "2.3", "2.3.1", "2.4");
  private static final long MAX_PERIOD_INDEX = 0xffff_ffffL;

  private final BoundDocument document;
  private final ContentKeyReader keys;

  private CpixReader(BoundDocument document) {
    this.document = document;
    this.keys = new ContentKeyReader(document);
  }

  /**
   * Reads one document of at most 1 MiB.
   *
   * @param xml in any encoding that it declares, with or without byte order mark
   * @throws InvalidXmlException if it is no XML, or XML that {@link SafeXml} refuses
   * @throws InvalidCpixException with a {@code cpix-} code and an XPath if it contradicts CPIX or
   *     itself
   * @throws DrmException with blame {@code UNSUPPORTED} and code {@code
   *     cpix-encrypted-unsupported}, {@code cpix-signature-unsupported}, {@code
   *     cpix-key-hierarchy-unsupported}, {@code cpix-scheme-unsupported}, {@code
   *     cpix-several-hls-lines} or {@code cpix-version-unsupported} if it is legal but not read
   */
  public static CpixDocument read(byte[] xml) {
    return new CpixReader(BoundDocument.of(SafeXml.parse(xml))).read();
  }

  private CpixDocument read() {
    JaxbCpix root = document.root();
    requireVersion(root.version);
    document.otherChildren().forEach(CpixReader::requireReadable);
    JaxbCpix.KeyList keyList = document.single(root.contentKeyLists);
    if (keyList != null) {
      keyList.items.forEach(keys::read);
    }
    List<DrmSignaling> systems = systems(document.single(root.drmSystemLists));
    List<KeyPeriod> periods = periods(document.single(root.keyPeriodLists));
    List<UsageRule> rules = rules(document.single(root.usageRuleLists), periods);
    return new CpixDocument(
        root.contentId, root.version, keys.keys(), keys.requested(), systems, periods, rules);
  }

  private void requireVersion(@Nullable String version) {
    if (version != null && !VERSIONS.contains(version)) {
      throw document
          .place(document.root())
          .attribute("version")
          .unsupported(
              "cpix-version-unsupported",
              "CPIX version \"" + version + "\" is not known.",
              "Use version 2.3.");
    }
  }

  /** The root has no extension point: whatever else stands there would be lost unseen. */
  private static void requireReadable(Element child) {
    String place = SafeXml.path(child);
    boolean cpix = CpixNames.CPIX.equals(child.getNamespaceURI());
    if (cpix && "DeliveryDataList".equals(child.getLocalName())) {
      if (child.getFirstChild() != null) {
        throw encrypted(place);
      }
    } else if (CpixNames.XMLDSIG.equals(child.getNamespaceURI())) {
      throw new DrmException(
          DrmException.Blame.UNSUPPORTED,
          "cpix-signature-unsupported",
          place + ": signatures are not verified, so a signed document is not read.",
          "Ask for an unsigned document over an authenticated channel.");
    } else if (!cpix || !"UpdateHistoryItemList".equals(child.getLocalName())) {
      throw new InvalidCpixException(
          "cpix-unexpected-element",
          place + " stands where CPIX has no place for it.",
          "Check its name and its namespace, or remove it.");
    }
  }

  static DrmException encrypted(String place) {
    return new DrmException(
        DrmException.Blame.UNSUPPORTED,
        "cpix-encrypted-unsupported",
        place + ": encrypted content keys are not supported.",
        "Ask for a document with clear keys.");
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

  private List<KeyPeriod> periods(JaxbCpix.@Nullable PeriodList list) {
    List<KeyPeriod> periods = new ArrayList<>();
    if (list == null) {
      return periods;
    }
    Set<String> ids = new HashSet<>();
    for (JaxbCpix.Period element : list.items) {
      Place place = document.place(element);
      String id = element.id == null ? "" : Lexical.trimmed(element.id);
      if (!id.isEmpty() && !ids.add(id)) {
        throw place
            .attribute("id")
            .invalid(
                "cpix-duplicate-period",
                "an earlier ContentKeyPeriod has the id \"" + id + "\".",
                "Give each period an id of its own.");
      }
      periods.add(period(element, id, place));
    }
    return periods;
  }

  private static KeyPeriod period(JaxbCpix.Period element, String id, Place place) {
    String index = element.index;
    String start = element.start;
    String end = element.end;
    return new KeyPeriod(
        id,
        index == null ? null : Lexical.number(index, place.attribute("index"), 0, MAX_PERIOD_INDEX),
        start == null ? null : Lexical.dateTime(start, place.attribute("start")),
        end == null ? null : Lexical.dateTime(end, place.attribute("end")));
  }

  private List<UsageRule> rules(JaxbCpix.@Nullable RuleList list, List<KeyPeriod> periods) {
    List<UsageRule> rules = new ArrayList<>();
    if (list == null) {
      return rules;
    }
    Set<String> periodIds = new HashSet<>();
    periods.forEach(period -> periodIds.add(period.id()));
    periodIds.remove("");
    UsageRuleReader reader = new UsageRuleReader(document, periodIds);
    for (JaxbUsageRule element : list.items) {
      UsageRule rule = reader.read(element);
      keys.requireKnown(rule.keyId(), document.place(element).attribute("kid"));
      rules.add(rule);
    }
    return rules;
  }
}
