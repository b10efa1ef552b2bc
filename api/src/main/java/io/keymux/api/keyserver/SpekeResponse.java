package io.keymux.api.keyserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.signaling.SignalingGenerator;
import io.keymux.cpix.signaling.SignalingRequest;
import io.keymux.cpix.signaling.SignalingSettings;
import io.keymux.cpix.xml.CpixDom;
import io.keymux.cpix.xml.CpixNames;
import io.keymux.cpix.xml.SafeXml;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * The answer to a SPEKE request: the request's own document with its placeholders filled, so that
 * everything a server must not change stays as it was.
 */
final class SpekeResponse {
  private static final Set<String> PLACEHOLDERS =
      Set.of(
          "PSSH",
          "ContentProtectionData",
          "SmoothStreamingProtectionHeaderData",
          "HLSSignalingData");
  private static final String XMLNS = "http://www.w3.org/2000/xmlns/";

  private final SpekeRequest request;
  private final EmbeddedKeys keys;
  private final SignalingSettings settings;
  private final Element root;

  SpekeResponse(SpekeRequest request, EmbeddedKeys keys, SignalingSettings settings) {
    this.request = request;
    this.keys = keys;
    this.settings = settings;
    this.root = request.root();
  }

  /** The document; holds keys, so the caller overwrites it. */
  byte[] document() {
    root.removeAttribute("id");
    String pskc = root.lookupPrefix(CpixNames.PSKC);
    if (pskc == null) {
      pskc = "pskc";
      root.setAttributeNS(XMLNS, "xmlns:pskc", CpixNames.PSKC);
    }
    Map<KeyId, ContentKey> contentKeys = new LinkedHashMap<>();
    for (Element element : CpixDom.entries(root, "ContentKeyList", "ContentKey")) {
      ContentKey key = contentKey(element);
      contentKeys.put(key.id(), key);
      fillKey(element, key, pskc);
    }
    for (Element element : CpixDom.entries(root, "DRMSystemList", "DRMSystem")) {
      fillSystem(element, contentKeys);
    }
    contentKeys.values().forEach(key -> key.value().wipe());
    Document document = root.getOwnerDocument();
    return SafeXml.serialize(document);
  }

  /** An IV of the request is honoured; FairPlay licences carry one, so there it is always given. */
  private ContentKey contentKey(Element element) {
    KeyId id = KeyId.parse(element.getAttribute("kid").strip());
    Bytes iv =
        CpixDom.attribute(element, "explicitIV")
            .map(SpekeResponse::iv)
            .orElse(request.fairPlay() ? keys.ivOf(id) : null);
    return new ContentKey(id, keys.keyOf(id), request.scheme(), iv);
  }

  private static Bytes iv(String base64) {
    try {
      byte[] iv = Base64.getDecoder().decode(base64);
      if (iv.length == ContentKey.SIZE_BYTES) {
        return Bytes.copyOf(iv);
      }
    } catch (IllegalArgumentException e) {
      // Answered below.
    }
    throw new SpekeRefusal("Malformed ContentKey@explicitIV");
  }

  private void fillKey(Element element, ContentKey key, String pskc) {
    if (key.explicitIv() != null) {
      element.setAttribute("explicitIV", key.explicitIv().toBase64());
    }
    CpixDom.children(element, "Data").forEach(element::removeChild);
    Document document = root.getOwnerDocument();
    Element data = document.createElementNS(CpixNames.CPIX, prefixed(element.getPrefix(), "Data"));
    Element secret = document.createElementNS(CpixNames.PSKC, pskc + ":Secret");
    Element plain = document.createElementNS(CpixNames.PSKC, pskc + ":PlainValue");
    SecretBytes value = key.value();
    byte[] bytes = value.reveal();
    plain.setTextContent(Base64.getEncoder().encodeToString(bytes));
    Arrays.fill(bytes, (byte) 0);
    secret.appendChild(plain);
    data.appendChild(secret);
    element.insertBefore(data, element.getFirstChild());
  }

  private static String prefixed(@Nullable String prefix, String name) {
    return prefix == null ? name : prefix + ":" + name;
  }

  private void fillSystem(Element element, Map<KeyId, ContentKey> contentKeys) {
    KeyId id = KeyId.parse(element.getAttribute("kid").strip());
    UUID systemId =
        UUID.fromString(element.getAttribute("systemId").strip().toLowerCase(Locale.ROOT));
    DrmSystem system = DrmSystem.of(systemId);
    ContentKey key = contentKeys.get(id);
    if (system == null || key == null) {
      throw new IllegalStateException("an unchecked DRMSystem: " + systemId + " " + id);
    }
    DrmSignaling made = signaling(system, key);
    for (Element child : CpixDom.children(element)) {
      String value = value(child, made);
      if (value != null) {
        child.setTextContent(value);
      } else if (isPlaceholder(child)) {
        leaveOut(element, child);
      }
    }
  }

  private DrmSignaling signaling(DrmSystem system, ContentKey key) {
    return SignalingGenerator.generate(
            new SignalingRequest(
                request.contentId(), request.scheme(), Set.of(system), List.of(key), settings))
        .stream()
        .filter(entry -> system.systemId().equals(entry.systemId()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no signalling for " + system.id()));
  }

  /** What belongs into a placeholder, in base64; null if there is nothing or it is none. */
  private static @Nullable String value(Element child, DrmSignaling made) {
    return switch (String.valueOf(child.getLocalName())) {
      case "PSSH" -> made.pssh() == null ? null : made.pssh().toBase64();
      case "ContentProtectionData" -> base64(made.contentProtection());
      case "SmoothStreamingProtectionHeaderData" -> made.smoothHeader();
      case "HLSSignalingData" ->
          base64(
              child.getAttribute("playlist").equals("master")
                  ? made.hlsMultivariant()
                  : made.hlsMedia());
      default -> null;
    };
  }

  private static @Nullable String base64(@Nullable String text) {
    return text == null ? null : Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static boolean isPlaceholder(Element child) {
    return PLACEHOLDERS.contains(String.valueOf(child.getLocalName()));
  }

  /**
   * FairPlay has no pssh, and an empty element says so; any other placeholder that the system has
   * nothing for may not be there at all.
   */
  private static void leaveOut(Element parent, Element child) {
    if ("PSSH".equals(child.getLocalName())) {
      child.setTextContent("");
    } else {
      parent.removeChild(child);
    }
  }
}
