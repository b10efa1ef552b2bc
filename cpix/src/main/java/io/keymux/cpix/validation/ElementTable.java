package io.keymux.cpix.validation;

import io.keymux.cpix.CpixVersion;
import io.keymux.cpix.xml.CpixNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/**
 * The elements of one version of CPIX, and of what it takes from RFC 6030, XML Signature and XML
 * Encryption. Made from the rows of {@code elements.txt}.
 */
final class ElementTable {
  private static final List<TableRow> ROWS = TableRow.load();
  private static final Map<CpixVersion, ElementTable> TABLES = new ConcurrentHashMap<>();
  private static final Set<QName> NAMES =
      ROWS.stream().filter(TableRow::isElement).map(TableRow::element).collect(Collectors.toSet());
  private static final String GLOBAL = "GLOBAL";

  private final Map<String, ElementType> types = new LinkedHashMap<>();
  private final Map<QName, String> globals = new LinkedHashMap<>();

  private final CpixVersion version;

  private ElementTable(CpixVersion version) {
    this.version = version;
    Map<String, List<TableRow>> byType =
        ROWS.stream()
            .collect(
                Collectors.groupingBy(TableRow::type, LinkedHashMap::new, Collectors.toList()));
    for (TableRow row : byType.getOrDefault(GLOBAL, List.of())) {
      globals.put(row.element(), row.value());
    }
    byType.forEach((name, rows) -> types.put(name, type(name, rows, version)));
  }

  static ElementTable of(CpixVersion version) {
    return TABLES.computeIfAbsent(version, ElementTable::new);
  }

  CpixVersion version() {
    return version;
  }

  /** Whether any version has an element of this name, wherever. */
  static boolean isKnown(QName name) {
    return NAMES.contains(name);
  }

  /** The type of an element that is declared by itself, so that extension points hold it too. */
  @Nullable ElementType global(QName name) {
    String type = globals.get(name);
    return type == null ? null : type(type);
  }

  /**
   * @param name as in the column of types: of a type or of a value
   */
  ElementType type(String name) {
    ElementType type = types.get(name);
    return type != null ? type : types.computeIfAbsent(name, ElementTable::simpleType);
  }

  private static ElementType simpleType(String name) {
    return name.equals(TableRow.OPAQUE)
        ? new ElementType(name, "", null, true, true, List.of(), Map.of(), Set.of(), Set.of())
        : ElementType.ofValue(ValueType.of(name));
  }

  private static ElementType type(String name, List<TableRow> all, CpixVersion version) {
    List<ElementType.Particle> particles = new ArrayList<>();
    Map<String, ElementType.Attribute> attributes = new LinkedHashMap<>();
    Set<QName> otherElements = new HashSet<>();
    Set<String> otherAttributes = new HashSet<>();
    ValueType text = null;
    boolean mixed = false;
    TableRow before = null;
    for (TableRow row : all) {
      if (!row.isOf(version)) {
        if (row.isElement()) {
          otherElements.add(row.element());
        } else if (row.isAttribute()) {
          otherAttributes.add(row.attribute());
        }
        continue;
      }
      if (row.isAttribute()) {
        attributes.put(
            row.attribute(), new ElementType.Attribute(ValueType.of(row.value()), row.min() > 0));
      } else if (row.isText()) {
        text = ValueType.of(row.value());
      } else if (row.isMixed()) {
        mixed = true;
      } else if (row.isAlternative() && before != null && before.isAlternative()) {
        particles.add(row.joined(particles.remove(particles.size() - 1)));
      } else {
        particles.add(row.particle());
      }
      before = row;
    }
    return new ElementType(
        name,
        namespace(name),
        text,
        mixed,
        false,
        List.copyOf(particles),
        Map.copyOf(attributes),
        Set.copyOf(otherElements),
        Set.copyOf(otherAttributes));
  }

  private static String namespace(String type) {
    int dot = type.indexOf('.');
    return dot < 0 ? CpixNames.CPIX : TableRow.namespace(type.substring(0, dot));
  }
}
