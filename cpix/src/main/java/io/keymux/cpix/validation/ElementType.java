package io.keymux.cpix.validation;

import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/**
 * What an element may hold in one version of CPIX.
 *
 * @param namespace of the schema that defines the type: wildcards take every other
 * @param text the type of its text, or null if it holds elements or nothing
 * @param mixed whether text may stand between its elements
 * @param opaque whether it is not looked into
 * @param otherElements what it holds in another version only
 * @param otherAttributes as {@code otherElements}
 */
record ElementType(
    String name,
    String namespace,
    @Nullable ValueType text,
    boolean mixed,
    boolean opaque,
    List<Particle> particles,
    Map<String, Attribute> attributes,
    Set<QName> otherElements,
    Set<String> otherAttributes) {

  record Attribute(ValueType type, boolean required) {}

  /** Whether other elements of the namespace are taken that the schemas do not know. */
  enum Wildcard {
    OTHER_LAX,
    OTHER_STRICT,
    ANY_LAX,
    ANY_STRICT;

    boolean strict() {
      return this == OTHER_STRICT || this == ANY_STRICT;
    }

    /** XML Schema's ##other leaves out the schema's own namespace and elements without one. */
    boolean takes(@Nullable String namespace, String own) {
      return this == ANY_LAX || this == ANY_STRICT || (namespace != null && !namespace.equals(own));
    }
  }

  /**
   * One place in the sequence of children: an element, a wildcard or a choice of both.
   *
   * @param types of the elements by name
   * @param min 0 or 1
   */
  record Particle(Map<QName, String> types, @Nullable Wildcard wildcard, int min, int max) {

    boolean takes(QName name, String own) {
      String namespace = name.getNamespaceURI().isEmpty() ? null : name.getNamespaceURI();
      return types.containsKey(name) || (wildcard != null && wildcard.takes(namespace, own));
    }
  }

  static ElementType ofValue(ValueType text) {
    return new ElementType("", "", text, false, false, List.of(), Map.of(), Set.of(), Set.of());
  }

  /** The index of the particle that takes {@code name}, or -1. Elements go before wildcards. */
  int particle(QName name) {
    for (int i = 0; i < particles.size(); i++) {
      if (particles.get(i).types().containsKey(name)) {
        return i;
      }
    }
    for (int i = 0; i < particles.size(); i++) {
      if (particles.get(i).takes(name, namespace)) {
        return i;
      }
    }
    return -1;
  }
}
