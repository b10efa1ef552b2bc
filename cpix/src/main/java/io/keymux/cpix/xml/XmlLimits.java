package io.keymux.cpix.xml;

/**
 * How much XML {@link SafeXml} takes. All limits are inclusive.
 *
 * @param bytes of the encoded document
 * @param depth of nested elements, the root being 1
 * @param elements in all
 * @param attributes of one element, declarations of namespaces among them; also of namespaces that
 *     are declared at one place
 * @param nameChars of the name of an element or an attribute, in UTF-16 units
 */
public record XmlLimits(int bytes, int depth, int elements, int attributes, int nameChars) {
  /**
   * 1 MiB, 64 deep, 10 000 elements, 128 attributes, names of 256 characters: far more than any
   * CPIX document needs.
   */
  public static final XmlLimits DEFAULT = new XmlLimits(1 << 20, 64, 10_000, 128, 256);

  public XmlLimits {
    if (bytes < 1 || depth < 1 || elements < 1 || attributes < 1 || nameChars < 1) {
      throw new IllegalArgumentException(
          "limits must be positive: %d bytes, %d deep, %d elements, %d attributes, %d in a name"
              .formatted(bytes, depth, elements, attributes, nameChars));
    }
  }
}
