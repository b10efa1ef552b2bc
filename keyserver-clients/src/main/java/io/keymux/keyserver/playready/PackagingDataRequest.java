package io.keymux.keyserver.playready;

import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.xml.SafeXml;
import java.util.Locale;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Writes the SOAP message that asks for the key of one programme. */
final class PackagingDataRequest {
  static final String ACTION =
      "http://schemas.microsoft.com/DRM/2007/03/protocols/AcquirePackagingData";

  static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
  private static final String PROTOCOLS = "http://schemas.microsoft.com/DRM/2007/03/protocols";
  private static final String CHALLENGE = ACTION + "/v1.0";

  private PackagingDataRequest() {}

  /**
   * @throws io.keymux.cpix.xml.InvalidXmlException if {@code programme} has a character that XML
   *     cannot carry
   */
  static SecretBytes of(String programme) {
    Document document = SafeXml.newDocument();
    Element envelope = document.createElementNS(SOAP, "soap:Envelope");
    document.appendChild(envelope);
    Element body = add(envelope, SOAP, "soap:Body");
    Element challenge = add(add(body, PROTOCOLS, "AcquirePackagingData"), CHALLENGE, "challenge");
    add(add(challenge, CHALLENGE, "ProtectionSystems"), CHALLENGE, "ProtectionSystemId")
        .setTextContent(DrmSystem.PLAYREADY.systemId().toString().toUpperCase(Locale.ROOT));
    Element stream =
        add(add(challenge, CHALLENGE, "StreamProtectionRequests"), CHALLENGE, "StreamInformation");
    add(stream, CHALLENGE, "ProgramIdentifier").setTextContent(programme);
    add(stream, CHALLENGE, "OffsetFromProgramStart").setTextContent("P0S");
    return SecretBytes.copyOf(SafeXml.serialize(document));
  }

  private static Element add(Element parent, String namespace, String name) {
    Element child = parent.getOwnerDocument().createElementNS(namespace, name);
    parent.appendChild(child);
    return child;
  }
}
