package io.keymux.api.keyserver.speke;

import io.keymux.api.keyserver.EmbeddedKeys;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.xml.CpixDom;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.w3c.dom.Element;

/**
 * Puts KIDs of this server's choice into a request, so that the same asset and stream type have the
 * same KID whoever asks.
 */
final class OwnKeyIds {
  private OwnKeyIds() {}

  /**
   * The same document under other KIDs. The name that a KID is derived from is that of its rule's
   * track type; of several, joined by plus signs; with key periods, followed by their ids.
   *
   * @throws SpekeRefusal if two keys would have one KID
   */
  static SpekeRequest in(SpekeRequest asked, EmbeddedKeys keys) {
    Map<KeyId, String> names = new LinkedHashMap<>();
    for (ContractRule rule : asked.contract()) {
      names.merge(rule.key(), name(rule), (one, other) -> one + "+" + other);
    }
    Map<KeyId, KeyId> chosen = new LinkedHashMap<>();
    names.forEach((kid, name) -> chosen.put(kid, keys.keyId(asked.contentId(), name)));
    if (new HashSet<>(chosen.values()).size() != chosen.size()) {
      throw SpekeRefusal.malformedContract();
    }
    Element root = asked.root();
    asked.keys().values().forEach(key -> replace(key.element(), "kid", chosen));
    asked.keys().values().forEach(key -> replace(key.element(), "dependsOnKey", chosen));
    asked.systems().forEach(system -> replace(system.element(), "kid", chosen));
    CpixDom.entries(root, "ContentKeyUsageRuleList", "ContentKeyUsageRule")
        .forEach(rule -> replace(rule, "kid", chosen));
    return SpekeRequest.check(asked.version(), root.getOwnerDocument());
  }

  private static String name(ContractRule rule) {
    return rule.periods().isEmpty()
        ? rule.trackType()
        : rule.trackType() + "@" + String.join(",", new TreeSet<>(rule.periods()));
  }

  private static void replace(Element element, String attribute, Map<KeyId, KeyId> chosen) {
    CpixDom.attribute(element, attribute)
        .filter(SpekeRequest::isKeyId)
        .map(KeyId::parse)
        .map(chosen::get)
        .ifPresent(id -> element.setAttribute(attribute, id.toString()));
  }
}
