package io.keymux.keyserver.answer;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.box.MalformedBoxException;
import io.keymux.cpix.box.PsshBox;
import io.keymux.cpix.signaling.PlayReadyHeader;
import io.keymux.cpix.signaling.PlayReadyObject;
import io.keymux.cpix.signaling.WidevinePsshData;
import io.keymux.cpix.xml.SafeXml;
import io.keymux.keyserver.http.KeyExchangeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.w3c.dom.Element;

/**
 * Checks the {@code pssh} box of one DRM system in an answer: it is one, for this system and this
 * key, and the MPD gets the same.
 *
 * @param host of the key server, for messages
 * @param place of the DRM system in the answer, for messages
 */
public record PsshCheck(String host, String place) {
  private static final String CENC = "urn:mpeg:cenc:2013";

  /**
   * @throws KeyExchangeException with code {@code key-response-invalid} for the first violation
   */
  public void check(DrmSignaling received) {
    if (received.pssh() == null) {
      return;
    }
    byte[] bytes = received.pssh().toArray();
    PsshBox box = parse(bytes);
    if (!box.systemId().equals(received.systemId())) {
      throw invalid("PSSH of %s is for DRM system %s".formatted(place, box.systemId()));
    }
    List<KeyId> listed = keyIds(box);
    if (!listed.isEmpty() && !listed.contains(received.keyId())) {
      throw invalid("PSSH of %s is for KID %s".formatted(place, listed));
    }
    if (received.contentProtection() != null) {
      requireSame(bytes, received.contentProtection());
    }
  }

  private PsshBox parse(byte[] bytes) {
    try {
      return PsshBox.parse(bytes);
    } catch (MalformedBoxException e) {
      throw invalid("PSSH of %s is not a pssh box (%s)".formatted(place, e.code()));
    }
  }

  /** All KIDs that box and data name; none if they leave that to the licence server. */
  private List<KeyId> keyIds(PsshBox box) {
    List<KeyId> listed = new ArrayList<>(box.keyIds());
    byte[] data = box.data().toArray();
    try {
      if (box.systemId().equals(DrmSystem.WIDEVINE.systemId())) {
        listed.addAll(WidevinePsshData.parse(data).kids());
      } else if (box.systemId().equals(DrmSystem.PLAYREADY.systemId())) {
        PlayReadyObject.parse(data).header().map(PlayReadyHeader::keyIds).ifPresent(listed::addAll);
      }
    } catch (DrmException e) {
      throw invalid("the data in PSSH of %s cannot be read (%s)".formatted(place, e.code()));
    }
    return listed;
  }

  private void requireSame(byte[] pssh, String contentProtection) {
    List<Element> boxes = new ArrayList<>();
    for (Element element : SafeXml.parseFragment(contentProtection)) {
      if (CENC.equals(element.getNamespaceURI()) && "pssh".equals(element.getLocalName())) {
        boxes.add(element);
      }
    }
    if (boxes.size() != 1) {
      throw invalid(
          "ContentProtectionData of %s has %d cenc:pssh elements, not 1"
              .formatted(place, boxes.size()));
    }
    if (!Arrays.equals(pssh, decode(boxes.get(0).getTextContent()))) {
      throw invalid("the pssh in ContentProtectionData of %s is not its PSSH".formatted(place));
    }
  }

  private byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      throw invalid("the pssh in ContentProtectionData of %s is not base64".formatted(place));
    }
  }

  private KeyExchangeException invalid(String violation) {
    return KeyExchangeException.invalidResponse(host, violation);
  }
}
