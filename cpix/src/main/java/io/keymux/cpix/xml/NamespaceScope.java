package io.keymux.cpix.xml;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.xml.XMLConstants;
import org.jspecify.annotations.Nullable;

/** Which prefix stands for which namespace, element by element. The empty prefix is the default. */
final class NamespaceScope {
  private record Binding(String prefix, String uri) {}

  private final List<Binding> bindings = new ArrayList<>();
  private final Deque<Integer> outer = new ArrayDeque<>();

  NamespaceScope() {
    declare(XMLConstants.XML_NS_PREFIX, XMLConstants.XML_NS_URI);
  }

  void open() {
    outer.push(bindings.size());
  }

  void close() {
    bindings.subList(outer.pop(), bindings.size()).clear();
  }

  /** Binds a prefix in the element that is open. */
  void declare(String prefix, String uri) {
    bindings.add(new Binding(prefix, uri));
  }

  /** The namespace of {@code prefix}; empty if it has none. */
  String uri(String prefix) {
    for (int i = bindings.size() - 1; i >= 0; i--) {
      if (bindings.get(i).prefix.equals(prefix)) {
        return bindings.get(i).uri;
      }
    }
    return "";
  }

  /** A prefix that stands for {@code uri} here, for an attribute: never the default. */
  @Nullable String prefix(String uri) {
    for (int i = bindings.size() - 1; i >= 0; i--) {
      Binding binding = bindings.get(i);
      if (binding.uri.equals(uri) && !binding.prefix.isEmpty() && uri(binding.prefix).equals(uri)) {
        return binding.prefix;
      }
    }
    return null;
  }

  /** Whether the element that is open declares {@code prefix} itself. */
  boolean declaredHere(String prefix) {
    for (int i = outer.getFirst(); i < bindings.size(); i++) {
      if (bindings.get(i).prefix.equals(prefix)) {
        return true;
      }
    }
    return false;
  }
}
