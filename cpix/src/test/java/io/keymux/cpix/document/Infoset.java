package io.keymux.cpix.document;

import java.io.ByteArrayInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;

/**
 * What a document says with its comments, instructions, prefixes and white space, but not how it
 * was spelled. Two documents that are equal here have the same canonical form.
 *
 * @see "W3C, Canonical XML 1.0"
 */
final class Infoset {
  private Infoset() {}

  static boolean equal(byte[] one, byte[] other) throws Exception {
    return parsed(one).isEqualNode(parsed(other));
  }

  private static Document parsed(byte[] xml) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
    factory.setNamespaceAware(true);
    factory.setCoalescing(true);
    Document document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml));
    document.normalizeDocument();
    return document;
  }
}
