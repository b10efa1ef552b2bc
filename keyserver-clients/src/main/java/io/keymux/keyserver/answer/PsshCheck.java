package io.keymux.keyserver.answer;

import io.keymux.cpix.Bytes;
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
import org.jspecify.annotations.Nullable;
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
  private static final String PLAYREADY = "urn:microsoft:playready";

  /**
   * @throws KeyExchangeException with code {@code key-response-invalid} for the first violation
   */
  public void check(DrmSignaling received) {
    if (received.pssh() == null) {
      return;
    }
    byte[] bytes = received.pssh().toArray();
    requireOwn(received, bytes);
    if (received.contentProtection() != null) {
      List<Element> boxes = elements(received.contentProtection(), CENC, "pssh");
      if (boxes.size() != 1) {
        throw invalid(
            "ContentProtectionData of %s has %d cenc:pssh elements, not 1"
                .formatted(place, boxes.size()));
      }
      requireSame(bytes, decode("pssh", boxes.get(0)));
    }
  }

  /**
   * As {@link #check}, but what the MPD gets may be there without PSSH, without its {@code pssh},
   * or with PlayReady's object alone.
   *
   * @return the box, wherever it stood; null if there is none
   * @throws KeyExchangeException with code {@code key-response-invalid} for the first violation
   */
  public @Nullable Bytes checkGiven(DrmSignaling received) {
    Bytes given = received.pssh();
    if (given != null) {
      requireOwn(received, given.toArray());
    }
    String fragment = received.contentProtection();
    if (fragment == null) {
      return given;
    }
    for (Element element : elements(fragment, CENC, "pssh")) {
      byte[] inside = decode("pssh", element);
      if (given == null) {
        requireOwn(received, inside);
        given = Bytes.copyOf(inside);
      }
      requireSame(given.toArray(), inside);
    }
    for (Element element : elements(fragment, PLAYREADY, "pro")) {
      requireKid(received, "pro in ContentProtectionData", playReadyKids(decode("pro", element)));
    }
    return given;
  }

  private void requireOwn(DrmSignaling received, byte[] bytes) {
    PsshBox box = parse(bytes);
    if (!box.systemId().equals(received.systemId())) {
      throw invalid("PSSH of %s is for DRM system %s".formatted(place, box.systemId()));
    }
    requireKid(received, "PSSH", keyIds(box));
  }

  private void requireKid(DrmSignaling received, String what, List<KeyId> listed) {
    if (!listed.isEmpty() && !listed.contains(received.keyId())) {
      throw invalid("%s of %s is for KID %s".formatted(what, place, listed));
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
    if (box.systemId().equals(DrmSystem.PLAYREADY.systemId())) {
      listed.addAll(playReadyKids(data));
    } else if (box.systemId().equals(DrmSystem.WIDEVINE.systemId())) {
      try {
        listed.addAll(WidevinePsshData.parse(data).kids());
      } catch (DrmException e) {
        throw unreadable(e);
      }
    }
    return listed;
  }

  private List<KeyId> playReadyKids(byte[] object) {
    try {
      return PlayReadyObject.parse(object).header().map(PlayReadyHeader::keyIds).orElse(List.of());
    } catch (DrmException e) {
      throw unreadable(e);
    }
  }

  private static List<Element> elements(String fragment, String namespace, String name) {
    List<Element> found = new ArrayList<>();
    for (Element element : SafeXml.parseFragment(fragment)) {
      if (namespace.equals(element.getNamespaceURI()) && name.equals(element.getLocalName())) {
        found.add(element);
      }
    }
    return found;
  }

  private void requireSame(byte[] pssh, byte[] inside) {
    if (!Arrays.equals(pssh, inside)) {
      throw invalid("the pssh in ContentProtectionData of %s is not its PSSH".formatted(place));
    }
  }

  private byte[] decode(String what, Element base64) {
    try {
      return Base64.getDecoder().decode(base64.getTextContent().replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      throw invalid("the %s in ContentProtectionData of %s is not base64".formatted(what, place));
    }
  }

  private KeyExchangeException unreadable(DrmException fault) {
    return invalid("the data in PSSH of %s cannot be read (%s)".formatted(place, fault.code()));
  }

  private KeyExchangeException invalid(String violation) {
    return KeyExchangeException.invalidResponse(host, violation);
  }
}
