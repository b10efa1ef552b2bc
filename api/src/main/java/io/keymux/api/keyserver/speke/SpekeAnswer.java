package io.keymux.api.keyserver.speke;

import io.keymux.api.config.OutputProtection;
import io.keymux.api.keyserver.EmbeddedKeys;
import io.keymux.api.keyserver.speke.SpekeRequest.AskedSystem;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.protection.KeyProtector;
import io.keymux.cpix.protection.MacKeyForm;
import io.keymux.cpix.protection.ProtectionPolicy;
import io.keymux.cpix.xml.CpixDom;
import io.keymux.cpix.xml.SafeXml;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * The answer to a SPEKE request: the request's own document with its placeholders filled, so that
 * everything a server must not change stays as it was.
 */
final class SpekeAnswer {
  private static final KeyProtector PROTECTOR =
      new KeyProtector(MacKeyForm.KEY_WITH_VALUE, ProtectionPolicy.SPEKE, new SecureRandom());

  private final SpekeRequest request;
  private final EmbeddedKeys keys;
  private final SystemSignaling signaling;
  private final Map<KeyId, OutputProtection> protection;

  /**
   * @param protection what version 2.1 tells about keys; those without an entry get none
   */
  SpekeAnswer(
      SpekeRequest request,
      EmbeddedKeys keys,
      SystemSignaling signaling,
      Map<KeyId, OutputProtection> protection) {
    this.request = request;
    this.keys = keys;
    this.signaling = signaling;
    this.protection = protection;
  }

  /**
   * The document; holds keys, so the caller overwrites it.
   *
   * @throws SpekeRefusal if the request names recipients that keys cannot be encrypted for
   */
  byte[] document() {
    AnswerRoot root = AnswerRoot.of(request);
    Map<KeyId, ContentKey> made = new HashMap<>();
    try {
      for (AskedKey asked : request.keys().values()) {
        ContentKey key = contentKey(asked);
        made.put(key.id(), key);
        root.fillKey(asked.element(), key);
        OutputProtection output = protection.get(key.id());
        if (output != null) {
          ProtectionElements.fillKey(asked.element(), output);
        }
      }
      for (AskedSystem asked : request.systems()) {
        ContentKey key = made.get(asked.keyId());
        if (key == null) {
          throw new IllegalStateException("an unchecked DRMSystem for " + asked.keyId());
        }
        fillSystem(asked, key);
      }
    } finally {
      made.values().forEach(key -> key.value().wipe());
    }
    if (request.encrypted()) {
      encrypt(root);
    }
    return SafeXml.serialize(root.document());
  }

  private static void encrypt(AnswerRoot root) {
    try {
      PROTECTOR.protect(root.root(), List.of());
    } catch (DrmException e) {
      throw new SpekeRefusal("Keys cannot be encrypted for the DeliveryData: " + e.code());
    }
  }

  /** An IV of the request is honoured; FairPlay licences carry one, so there it is always given. */
  private ContentKey contentKey(AskedKey asked) {
    KeyScheme scheme = KeyScheme.of(asked.scheme(), request.version());
    @Nullable ProtectionScheme protectedBy = scheme == null ? null : scheme.protection();
    return new ContentKey(
        asked.id(),
        keys.keyOf(asked.id()),
        protectedBy,
        asked.iv() == null && asked.needsIv() ? keys.ivOf(asked.id()) : asked.iv());
  }

  private void fillSystem(AskedSystem asked, ContentKey key) {
    Placeholders values = signaling.of(asked.system(), key);
    for (Element child : CpixDom.children(asked.element())) {
      String value = values.valueFor(child);
      if (value != null) {
        child.setTextContent(value);
      } else if (Placeholders.isOne(child)) {
        leaveOut(asked.element(), child);
      }
    }
    OutputProtection output = protection.get(key.id());
    if (output != null) {
      ProtectionElements.fillSystem(asked.element(), asked.system(), output);
    }
  }

  /**
   * In version 1 clients send every placeholder and skip those that stay empty. In version 2 only
   * FairPlay's pssh may: any other that the system has nothing for may not be there at all.
   */
  private void leaveOut(Element system, Element child) {
    if (request.version() == SpekeVersion.V1) {
      return;
    }
    if ("PSSH".equals(child.getLocalName())) {
      child.setTextContent("");
    } else {
      system.removeChild(child);
    }
  }
}
