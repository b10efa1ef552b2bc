package io.keymux.keyserver.playready;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.xml.CpixDom;
import io.keymux.cpix.xml.SafeXml;
import io.keymux.cpix.xml.XmlLimits;
import io.keymux.keyserver.http.KeyExchangeException;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Reads the SOAP message that brings the key. Elements are known by their local names, as servers
 * differ in the rest; one that stands several times must say the same each time.
 *
 * @param host of the key server, for messages
 */
record PackagingDataAnswer(String host, Document document) {
  /** The size is bounded before, where the answer is received. */
  private static final XmlLimits LIMITS = new XmlLimits(Integer.MAX_VALUE, 64, 10_000, 128, 256);

  private static final String SOAP_12 = "http://www.w3.org/2003/05/soap-envelope";

  /** What SOAP 1.1 and 1.2 call faults; servers append words of their own after a dot. */
  private static final List<String> FAULTS =
      List.of("Client", "Server", "Sender", "Receiver", "VersionMismatch", "MustUnderstand");

  /** The answer, or nothing if {@code xml} is none. */
  static Optional<PackagingDataAnswer> tryRead(String host, byte[] xml) {
    try {
      return Optional.of(new PackagingDataAnswer(host, SafeXml.parse(xml, LIMITS)));
    } catch (DrmException e) {
      // Dropped: its words may quote the answer.
      return Optional.empty();
    }
  }

  /** What kind of fault it is, in words of a fixed list, or nothing if it is none. */
  Optional<String> fault() {
    boolean fault =
        !all(PackagingDataRequest.SOAP, "Fault").isEmpty() || !all(SOAP_12, "Fault").isEmpty();
    return fault ? Optional.of("SOAP Fault" + faultCode()) : Optional.empty();
  }

  private String faultCode() {
    for (String name : List.of("faultcode", "Value")) {
      for (Element element : all("*", name)) {
        String text = element.getTextContent().strip();
        String local = text.substring(text.indexOf(':') + 1);
        for (String known : FAULTS) {
          if (local.equals(known) || local.startsWith(known + ".")) {
            return " " + known;
          }
        }
      }
    }
    return "";
  }

  /** The text of {@code KeyId} is a GUID, whose hex digits in their order are the KID. */
  KeyId keyId() {
    try {
      return KeyId.parse(required("KeyId"));
    } catch (KeyExchangeException e) {
      throw e;
    } catch (DrmException e) {
      throw invalid("KeyId is not a GUID");
    }
  }

  /** The key, of any length; the caller overwrites it. */
  byte[] key() {
    return base64("KeyData", required("KeyData"));
  }

  /** The PlayReady object, or nothing if there is none. */
  Optional<byte[]> playReadyObject() {
    return only("Data").map(text -> base64("Data", text));
  }

  private String required(String name) {
    return only(name).orElseThrow(() -> invalid(name + " is missing"));
  }

  private Optional<String> only(String name) {
    Set<String> texts = new LinkedHashSet<>();
    for (Element element : all("*", name)) {
      if (CpixDom.children(element).isEmpty()) {
        texts.add(element.getTextContent().strip());
      }
    }
    texts.remove("");
    if (texts.size() > 1) {
      throw invalid(
          "it has %d different elements %s, and one key was asked for"
              .formatted(texts.size(), name));
    }
    return texts.stream().findFirst();
  }

  private List<Element> all(String namespace, String name) {
    NodeList found = document.getElementsByTagNameNS(namespace, name);
    return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
  }

  private byte[] base64(String name, String text) {
    try {
      return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      throw invalid(name + " is not base64");
    }
  }

  private KeyExchangeException invalid(String violation) {
    return KeyExchangeException.invalidResponse(host, violation);
  }

  /** Nothing of the document. */
  @Override
  public String toString() {
    return "PackagingDataAnswer[" + host + "]";
  }
}
