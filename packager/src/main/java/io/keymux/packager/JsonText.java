package io.keymux.packager;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes maps, lists, strings, numbers and booleans as indented JSON, in their order. */
final class JsonText {
  private final StringBuilder out = new StringBuilder();

  private JsonText() {}

  static String of(Map<String, ?> object) {
    JsonText json = new JsonText();
    json.value(object, 0);
    return json.out.append('\n').toString();
  }

  private void value(@Nullable Object value, int depth) {
    if (value instanceof Map<?, ?> map) {
      Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
      block(
          '{',
          '}',
          depth,
          entries,
          entry -> {
            string(String.valueOf(entry.getKey()));
            out.append(": ");
            value(entry.getValue(), depth + 1);
          });
    } else if (value instanceof List<?> list) {
      block('[', ']', depth, list.iterator(), element -> value(element, depth + 1));
    } else if (value == null || value instanceof Number || value instanceof Boolean) {
      out.append(value);
    } else {
      string(value.toString());
    }
  }

  private <T> void block(
      char open,
      char close,
      int depth,
      Iterator<? extends T> elements,
      java.util.function.Consumer<T> write) {
    out.append(open);
    boolean any = elements.hasNext();
    while (elements.hasNext()) {
      newLine(depth + 1);
      write.accept(elements.next());
      if (elements.hasNext()) {
        out.append(',');
      }
    }
    if (any) {
      newLine(depth);
    }
    out.append(close);
  }

  private void newLine(int depth) {
    out.append('\n').append("  ".repeat(depth));
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20 || c == 0x2028 || c == 0x2029) {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
