package io.keymux.cpix.xml;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.KeyPeriod;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.RequestedKey;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes CPIX 2.3 documents with clear keys, as SPEKE v2 servers and clients expect them: both
 * namespaces declared at the root, {@code cpix} and {@code pskc} as prefixes, elements in the order
 * of the schema, empty values as empty elements.
 *
 * @see "DASH-IF Implementation Guidelines: CPIX"
 */
public final class CpixWriter {
  private CpixWriter() {}

  /**
   * Writes {@code document} without line breaks, keys with a value first. Filters of a rule are
   * sorted by kind, which does not change what they match.
   *
   * @return UTF-8; holds the keys, so the caller should overwrite it after use
   * @throws InvalidXmlException with code {@code xml-unwritable-text} if a name or a text holds a
   *     character that XML cannot carry
   * @throws DrmException with code {@code cpix-rule-unwritable} if a rule is not usable: without
   *     the filter that Keymux does not know it would match more than it should
   */
  public static byte[] write(CpixDocument document) {
    JaxbCpix root = new JaxbCpix();
    root.contentId = document.contentId();
    root.version = "2.3";
    addKeys(root, document);
    addSystems(root, document);
    addPeriods(root, document);
    if (!document.usageRules().isEmpty()) {
      JaxbCpix.RuleList list = new JaxbCpix.RuleList();
      document.usageRules().forEach(rule -> list.items.add(UsageRuleElement.of(rule)));
      root.usageRuleLists.add(list);
    }
    return SafeXml.serialize(BoundDocument.marshal(root));
  }

  private static void addKeys(JaxbCpix root, CpixDocument document) {
    JaxbCpix.KeyList list = new JaxbCpix.KeyList();
    for (ContentKey key : document.contentKeys()) {
      JaxbContentKey element = key(key.id().toString(), key.scheme(), key.explicitIv());
      element.data.add(data(key));
      list.items.add(element);
    }
    for (RequestedKey key : document.requestedKeys()) {
      list.items.add(key(key.id().toString(), key.scheme(), key.explicitIv()));
    }
    if (!list.items.isEmpty()) {
      root.contentKeyLists.add(list);
    }
  }

  private static JaxbContentKey key(
      String kid, @Nullable ProtectionScheme scheme, @Nullable Bytes explicitIv) {
    JaxbContentKey element = new JaxbContentKey();
    element.kid = kid;
    element.commonEncryptionScheme = scheme == null ? null : scheme.fourCc();
    element.explicitIV = explicitIv == null ? null : explicitIv.toBase64();
    return element;
  }

  private static JaxbContentKey.Data data(ContentKey key) {
    JaxbContentKey.Secret secret = new JaxbContentKey.Secret();
    byte[] value = key.value().reveal();
    try {
      secret.plainValues.add(JaxbText.of(Base64.getEncoder().encodeToString(value)));
    } finally {
      Arrays.fill(value, (byte) 0);
    }
    JaxbContentKey.Data data = new JaxbContentKey.Data();
    data.secrets.add(secret);
    return data;
  }

  private static void addSystems(JaxbCpix root, CpixDocument document) {
    if (document.drmSystems().isEmpty()) {
      return;
    }
    JaxbCpix.DrmList list = new JaxbCpix.DrmList();
    for (DrmSignaling system : document.drmSystems()) {
      JaxbDrmSystem element = new JaxbDrmSystem();
      element.systemId = system.systemId().toString();
      element.kid = system.keyId().toString();
      element.psshs = text(system.pssh() == null ? null : system.pssh().toBase64());
      element.contentProtections = text(base64(system.contentProtection()));
      element.smoothHeaders = text(system.smoothHeader());
      addHls(element, "media", system.hlsMedia());
      addHls(element, "master", system.hlsMultivariant());
      list.items.add(element);
    }
    root.drmSystemLists.add(list);
  }

  private static void addHls(JaxbDrmSystem element, String playlist, @Nullable String line) {
    for (JaxbText text : text(base64(line))) {
      text.attributes.put(DrmSystemReader.PLAYLIST, playlist);
      element.hlsSignalings.add(text);
    }
  }

  private static void addPeriods(JaxbCpix root, CpixDocument document) {
    if (document.keyPeriods().isEmpty()) {
      return;
    }
    JaxbCpix.PeriodList list = new JaxbCpix.PeriodList();
    for (KeyPeriod period : document.keyPeriods()) {
      JaxbCpix.Period element = new JaxbCpix.Period();
      element.id = period.id().isEmpty() ? null : period.id();
      element.index = period.index() == null ? null : period.index().toString();
      element.start =
          period.start() == null
              ? null
              : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(period.start());
      element.end =
          period.end() == null ? null : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(period.end());
      list.items.add(element);
    }
    root.keyPeriodLists.add(list);
  }

  private static List<JaxbText> text(@Nullable String text) {
    List<JaxbText> elements = new ArrayList<>();
    if (text != null) {
      elements.add(JaxbText.of(text));
    }
    return elements;
  }

  private static @Nullable String base64(@Nullable String text) {
    return text == null ? null : Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
