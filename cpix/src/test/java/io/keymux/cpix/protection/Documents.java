package io.keymux.cpix.protection;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.KeyId;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.credential.Credential;
import io.keymux.cpix.xml.CpixDom;
import io.keymux.cpix.xml.CpixNames;
import io.keymux.cpix.xml.SafeXml;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Documents with three keys: 0x11.., 0x22.. and 0x33.., the last with 32 bytes. */
final class Documents {
  static final List<KeyId> KEY_IDS =
      Stream.of(
              "00000000-0000-4000-8000-000000000001",
              "00000000-0000-4000-8000-000000000002",
              "00000000-0000-4000-8000-000000000003")
          .map(KeyId::parse)
          .toList();

  private Documents() {}

  static SecretBytes key(int number) {
    byte[] key = new byte[number == 3 ? 32 : 16];
    Arrays.fill(key, (byte) (0x11 * number));
    return SecretBytes.copyOf(key);
  }

  static Map<KeyId, SecretBytes> keys() {
    Map<KeyId, SecretBytes> keys = new LinkedHashMap<>();
    for (int i = 0; i < KEY_IDS.size(); i++) {
      keys.put(KEY_IDS.get(i), key(i + 1));
    }
    return keys;
  }

  /** In the clear, with the usual prefixes declared at the root, indented. */
  static String clear(String version) {
    StringBuilder xml = new StringBuilder();
    xml.append(
        """
        <cpix:CPIX xmlns:cpix="urn:dashif:org:cpix" xmlns:pskc="urn:ietf:params:xml:ns:keyprov:pskc"%s>
          <!-- kept -->
          <cpix:ContentKeyList id="keys">
        """
            .formatted(version.isEmpty() ? "" : " version=\"" + version + "\""));
    keys()
        .forEach(
            (keyId, key) ->
                xml.append(
                    """
                        <cpix:ContentKey kid="%s">
                          <cpix:Data>
                            <pskc:Secret><pskc:PlainValue>%s</pskc:PlainValue></pskc:Secret>
                          </cpix:Data>
                        </cpix:ContentKey>
                    """
                        .formatted(keyId, Base64.getEncoder().encodeToString(key.reveal()))));
    return xml.append("  </cpix:ContentKeyList>\n</cpix:CPIX>").toString();
  }

  static Document parse(String xml) {
    return SafeXml.parse(xml.getBytes(UTF_8));
  }

  static String text(Document document) {
    return new String(SafeXml.serialize(document), UTF_8);
  }

  static KeyProtector protector(MacKeyForm form) {
    return new KeyProtector(form, ProtectionPolicy.SPEKE, new SecureRandom());
  }

  static Document protectedFor(MacKeyForm form, String version, Credential... recipients) {
    Document document = parse(clear(version));
    protector(form).protect(document.getDocumentElement(), certificates(recipients));
    return parse(text(document));
  }

  static List<X509Certificate> certificates(Credential... credentials) {
    return Stream.of(credentials).map(Credential::certificate).toList();
  }

  static KeyDecryptor decryptor(Document document, Credential... credentials) {
    return KeyDecryptor.of(
        document.getDocumentElement(), List.of(credentials), ProtectionPolicy.SPEKE);
  }

  /** What {@code reader} reads, by KID. */
  static Map<KeyId, SecretBytes> read(Document document, KeyDecryptor reader) {
    Map<KeyId, SecretBytes> values = new LinkedHashMap<>();
    for (Element key :
        CpixDom.entries(document.getDocumentElement(), "ContentKeyList", "ContentKey")) {
      KeyId keyId = KeyId.parse(key.getAttribute("kid"));
      values.put(keyId, reader.read(keyId, secret(key)));
    }
    return values;
  }

  static Element secret(Document document, KeyId keyId) {
    return CpixDom.entries(document.getDocumentElement(), "ContentKeyList", "ContentKey").stream()
        .filter(key -> KeyId.parse(key.getAttribute("kid")).equals(keyId))
        .map(Documents::secret)
        .findFirst()
        .orElseThrow();
  }

  private static Element secret(Element key) {
    return (Element) key.getElementsByTagNameNS(CpixNames.PSKC, "Secret").item(0);
  }
}
