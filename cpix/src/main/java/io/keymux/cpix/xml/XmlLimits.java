package io.keymux.cpix.xml;

/**
 * How much XML {@link SafeXml} takes.
 *
 * @param bytes of the encoded document, inclusive
 * @param depth of nested elements, the root being 1, inclusive
 * @param elements in all, inclusive
 */
public record XmlLimits(int bytes, int depth, int elements) {
  /** 1 MiB, 64 deep, 10 000 elements: far more than any CPIX document needs. */
  public static final XmlLimits DEFAULT = new XmlLimits(1 << 20, 64, 10_000);

  public XmlLimits {
    if (bytes < 1 || depth < 1 || elements < 1) {
      throw new IllegalArgumentException(
          "limits must be positive: %d bytes, %d deep, %d elements"
              .formatted(bytes, depth, elements));
    }
  }
}
