package io.keymux.cpix.document;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixVersion;
import io.keymux.cpix.DeliveryData;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.InvalidCpixException;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyPeriod;
import io.keymux.cpix.RequestedKey;
import io.keymux.cpix.UpdateHistoryItem;
import io.keymux.cpix.UsageRule;
import io.keymux.cpix.xml.CpixWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Changes one document in places. New elements stand at the end of their list, with the prefixes
 * that are in scope there; a list that is missing is made where the schema wants it.
 *
 * <p>Every change is made as a whole or not at all. A change of a part that a signature covers ends
 * in an {@link InvalidCpixException} with code {@code cpix-signed-part}: remove the signature
 * first. Adding something that the document's version has no place for ends in a {@link
 * io.keymux.cpix.DrmException} with code {@code cpix-not-in-version}.
 */
public final class CpixEditor {
  private final DocumentOutline outline;
  private final CpixVersion version;
  private final Runnable changed;

  CpixEditor(DocumentOutline outline, CpixVersion version, Runnable changed) {
    this.outline = outline;
    this.version = version;
    this.changed = changed;
  }

  /** Adds a key in the clear. */
  public CpixEditor add(ContentKey key) {
    return add(CpixPart.CONTENT_KEYS, SingleEntry.of(key));
  }

  /** Adds a key that is asked for. */
  public CpixEditor add(RequestedKey key) {
    return add(CpixPart.CONTENT_KEYS, SingleEntry.of(key));
  }

  /** Adds the signalling of one key in one DRM system. */
  public CpixEditor add(DrmSignaling system) {
    return add(CpixPart.DRM_SYSTEMS, SingleEntry.of(system));
  }

  /** Adds a key period. */
  public CpixEditor add(KeyPeriod period) {
    return add(CpixPart.KEY_PERIODS, SingleEntry.of(period));
  }

  /** Adds a usage rule behind all others. */
  public CpixEditor add(UsageRule rule) {
    return add(CpixPart.USAGE_RULES, SingleEntry.of(rule));
  }

  /** Adds a recipient who asks for keys. */
  public CpixEditor add(DeliveryData recipient) {
    return add(CpixPart.DELIVERY_DATA, SingleEntry.of(recipient));
  }

  /** Adds a note about a change. */
  public CpixEditor add(UpdateHistoryItem item) {
    return add(CpixPart.UPDATE_HISTORY, SingleEntry.of(item));
  }

  private CpixEditor add(CpixPart part, SingleEntry entry) {
    outline.requireUnsigned(part);
    Document made = CpixWriter.tree(entry.content(), version);
    Element element = new DocumentOutline(made).entries(part).get(0);
    changed.run();
    Element list = outline.listOrNew(part);
    new Grafting(list.getOwnerDocument()).copyInto(list, element);
    return this;
  }

  /**
   * Gives a key a value in the clear, whatever it had before.
   *
   * @throws InvalidCpixException with code {@code cpix-unknown-kid} if there is no such key
   */
  public CpixEditor setValue(ContentKey key) {
    Element element = key(key.id());
    outline.requireUnsigned(CpixPart.CONTENT_KEYS);
    Document made = CpixWriter.tree(SingleEntry.of(key).content(), version);
    Element data = Entries.data(new DocumentOutline(made).entries(CpixPart.CONTENT_KEYS).get(0));
    changed.run();
    Entries.removeData(element);
    Element copy = new Grafting(element.getOwnerDocument()).copyInto(element, data);
    Entries.moveData(element, copy);
    return this;
  }

  /**
   * @param iv 16 bytes
   * @throws InvalidCpixException with code {@code cpix-unknown-kid} if there is no such key
   */
  public CpixEditor setExplicitIv(KeyId keyId, Bytes iv) {
    Element element = key(keyId);
    outline.requireUnsigned(CpixPart.CONTENT_KEYS);
    changed.run();
    element.setAttribute("explicitIV", iv.toBase64());
    return this;
  }

  /** Says what the keys are for. */
  public CpixEditor setContentId(String contentId) {
    outline.requireUnsignedRoot();
    changed.run();
    outline.root().setAttribute("contentId", contentId);
    return this;
  }

  /**
   * Removes a key with its signalling and its usage rules.
   *
   * @throws InvalidCpixException with code {@code cpix-unknown-kid} if there is no such key
   */
  public CpixEditor remove(KeyId keyId) {
    key(keyId);
    return remove(
        "kid",
        keyId.uuid(),
        List.of(CpixPart.CONTENT_KEYS, CpixPart.DRM_SYSTEMS, CpixPart.USAGE_RULES));
  }

  /** Removes the signalling of a DRM system for all keys. */
  public CpixEditor removeSystem(UUID systemId) {
    return remove("systemId", systemId, List.of(CpixPart.DRM_SYSTEMS));
  }

  private CpixEditor remove(String attribute, UUID value, List<CpixPart> parts) {
    Map<CpixPart, List<Element>> found = new EnumMap<>(CpixPart.class);
    for (CpixPart part : parts) {
      List<Element> entries =
          outline.entries(part).stream().filter(entry -> names(entry, attribute, value)).toList();
      if (!entries.isEmpty()) {
        outline.requireUnsigned(part);
        found.put(part, entries);
      }
    }
    if (!found.isEmpty()) {
      changed.run();
    }
    found.values().forEach(entries -> entries.forEach(Entries::remove));
    return this;
  }

  /** Removes a list with all that is in it, and does nothing if it is not there. */
  public CpixEditor remove(CpixPart part) {
    outline
        .list(part)
        .ifPresent(
            list -> {
              outline.requireUnsigned(part);
              changed.run();
              Entries.remove(list);
            });
    return this;
  }

  /** Removes all signatures, valid or not. */
  public CpixEditor removeSignatures() {
    return removeSignatures(outline.signatures());
  }

  /** Removes the signatures that cover {@code part}, those of the whole document among them. */
  public CpixEditor removeSignatures(CpixPart part) {
    return removeSignatures(outline.signaturesOver(part));
  }

  private CpixEditor removeSignatures(List<Element> signatures) {
    if (!signatures.isEmpty()) {
      changed.run();
    }
    signatures.forEach(Entries::remove);
    return this;
  }

  private Element key(KeyId keyId) {
    return outline.entries(CpixPart.CONTENT_KEYS).stream()
        .filter(entry -> names(entry, "kid", keyId.uuid()))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidCpixException(
                    "cpix-unknown-kid",
                    "No ContentKey has KID " + keyId + ".",
                    "Add the key or correct the KID."));
  }

  private static boolean names(Element entry, String attribute, UUID value) {
    return entry.getAttribute(attribute).strip().toLowerCase(Locale.ROOT).equals(value.toString());
  }
}
