package io.keymux.cpix.xml;

import io.keymux.cpix.DrmException;

/**
 * Bytes that are not XML, or XML that is refused before anyone looks at its content.
 *
 * <p>It tells the place but neither text of the document nor the parser's own words, which may
 * quote the document: broken CPIX could show a key.
 */
public final class InvalidXmlException extends DrmException {

  private InvalidXmlException(String code, String problem, String remedy) {
    super(Blame.CALLER, code, problem, remedy);
  }

  static InvalidXmlException malformed(String place) {
    return new InvalidXmlException(
        "xml-not-well-formed",
        "The XML is not well-formed at " + place + ".",
        "Send the complete document in the encoding that it declares.");
  }

  static InvalidXmlException dtd(String place) {
    return new InvalidXmlException(
        "xml-dtd-refused",
        "The XML has a document type declaration at " + place + ".",
        "Remove the DOCTYPE; DTDs and entities are never read.");
  }

  static InvalidXmlException tooLarge(int actual, int limit) {
    return new InvalidXmlException(
        "xml-too-large",
        "The XML has %d bytes, more than the limit of %d.".formatted(actual, limit),
        "Send a smaller document.");
  }

  /** For a stream, which is not read to its end. */
  static InvalidXmlException tooLarge(int limit) {
    return new InvalidXmlException(
        "xml-too-large",
        "The XML has more bytes than the limit of " + limit + ".",
        "Send a smaller document.");
  }

  static InvalidXmlException tooDeep(String place, int limit) {
    return new InvalidXmlException(
        "xml-too-deep",
        "Elements are nested more than %d deep at %s.".formatted(limit, place),
        "Send a document without such nesting.");
  }

  static InvalidXmlException tooManyElements(String place, int limit) {
    return new InvalidXmlException(
        "xml-too-many-elements",
        "The XML has more than %d elements at %s.".formatted(limit, place),
        "Send a smaller document.");
  }

  static InvalidXmlException tooManyAttributes(String place, int limit) {
    return new InvalidXmlException(
        "xml-too-many-attributes",
        "An element has more than %d attributes or namespaces at %s.".formatted(limit, place),
        "Send a document without them.");
  }

  static InvalidXmlException nameTooLong(String place, int limit) {
    return new InvalidXmlException(
        "xml-name-too-long",
        "A name is longer than %d characters at %s.".formatted(limit, place),
        "Send a document with shorter names.");
  }

  static InvalidXmlException unwritable(String place) {
    return new InvalidXmlException(
        "xml-unwritable-text",
        "The text at " + place + " holds a character that XML cannot carry there.",
        "Remove control characters, unpaired surrogates, and what would end a comment early.");
  }
}
