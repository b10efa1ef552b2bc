package io.keymux.cpix.validation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.CpixVersion;
import io.keymux.cpix.validation.ElementType.Particle;
import io.keymux.cpix.validation.ElementType.Wildcard;
import io.keymux.cpix.xml.CpixNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@code elements.txt}, whose head explains the columns.
 *
 * @param from the first version that has the member
 * @param to the last one
 */
record TableRow(
    String type, String member, String occurs, String value, CpixVersion from, CpixVersion to) {
  static final String OPAQUE = "Opaque";

  private static final String ALTERNATIVE = "^";

  static List<TableRow> load() {
    try (InputStream in = TableRow.class.getResourceAsStream("elements.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
      return text.lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(TableRow::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("a resource of this package is unreadable", e);
    }
  }

  private static TableRow parse(String line) {
    String[] cells = line.split(" *\\| *", -1);
    String value = cells.length > 3 ? cells[3] : "";
    String versions = cells.length > 4 ? cells[4] : "-";
    int dash = versions.indexOf('-');
    String from = dash < 0 ? versions : versions.substring(0, dash);
    String to = dash < 0 ? versions : versions.substring(dash + 1);
    return new TableRow(
        cells[0],
        cells[1],
        cells[2],
        value,
        from.isEmpty() ? CpixVersion.V2_0 : version(from),
        to.isEmpty() ? CpixVersion.V2_4 : version(to));
  }

  private static CpixVersion version(String text) {
    return Objects.requireNonNull(CpixVersion.of(text), text);
  }

  static String namespace(String prefix) {
    return switch (prefix) {
      case "pskc" -> CpixNames.PSKC;
      case "ds" -> CpixNames.XMLDSIG;
      case "enc" -> CpixNames.XMLENC;
      default -> throw new IllegalArgumentException(prefix);
    };
  }

  boolean isOf(CpixVersion version) {
    return version.isAtLeast(from) && to.isAtLeast(version);
  }

  boolean isAttribute() {
    return member.startsWith("@");
  }

  boolean isText() {
    return member.equals("text()");
  }

  boolean isMixed() {
    return member.equals("mixed()");
  }

  boolean isAlternative() {
    return member.startsWith(ALTERNATIVE);
  }

  boolean isElement() {
    return !isAttribute() && !isText() && !isMixed() && wildcard() == null;
  }

  String attribute() {
    return member.substring(1);
  }

  QName element() {
    String name = name();
    int colon = name.indexOf(':');
    return colon < 0
        ? new QName(CpixNames.CPIX, name)
        : new QName(namespace(name.substring(0, colon)), name.substring(colon + 1));
  }

  int min() {
    return occurs.equals("1") || occurs.equals("+") ? 1 : 0;
  }

  Particle particle() {
    Wildcard wildcard = wildcard();
    int max =
        switch (occurs) {
          case "?", "1" -> 1;
          case "2" -> 2;
          default -> Integer.MAX_VALUE;
        };
    return new Particle(
        wildcard == null ? Map.of(element(), value) : Map.of(), wildcard, min(), max);
  }

  /** The choice of {@code before} and this row. */
  Particle joined(Particle before) {
    Map<QName, String> types = new HashMap<>(before.types());
    types.putAll(particle().types());
    Wildcard wildcard = before.wildcard() == null ? wildcard() : before.wildcard();
    return new Particle(Map.copyOf(types), wildcard, before.min(), before.max());
  }

  private String name() {
    return isAlternative() ? member.substring(ALTERNATIVE.length()) : member;
  }

  private @Nullable Wildcard wildcard() {
    return name().startsWith("other:") || name().startsWith("any:")
        ? Wildcard.valueOf(name().toUpperCase(Locale.ROOT).replace(':', '_'))
        : null;
  }
}
