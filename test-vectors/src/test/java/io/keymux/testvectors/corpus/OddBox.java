package io.keymux.testvectors.corpus;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A box of a whole file, taken apart to be changed. The file itself is a box without a header. */
final class OddBox {
  /** How the size is written. */
  enum Form {
    PLAIN,
    LARGE,
    TO_END
  }

  private static final Set<String> CONTAINERS =
      Set.of(
          "file", "moov", "trak", "edts", "tref", "mdia", "minf", "dinf", "stbl", "mvex", "moof",
          "traf", "wave");

  /** Bytes of fields in front of the children. */
  private static final Map<String, Integer> FIELDS =
      Map.of(
          "stsd", 8, "dref", 8, "avc1", 78, "hvc1", 78, "encv", 78, "mp4a", 28, "enca", 28, "meta",
          4);

  String type;
  byte[] fields;
  final List<OddBox> children = new ArrayList<>();
  Form form = Form.PLAIN;

  /** What is added to the size that is written, which is then a lie. */
  long lie;

  OddBox(String type, byte[] fields) {
    this.type = type;
    this.fields = fields;
  }

  /** A whole file without oddities. */
  static OddBox file(byte[] bytes) {
    return read("file", ByteBuffer.wrap(bytes));
  }

  private static OddBox read(String type, ByteBuffer body) {
    // In wave there is an mp4a of four bytes.
    boolean shortOne = type.equals("mp4a") && body.remaining() < 28;
    boolean parent = !shortOne && (CONTAINERS.contains(type) || FIELDS.containsKey(type));
    byte[] fields = new byte[parent ? FIELDS.getOrDefault(type, 0) : body.remaining()];
    body.get(fields);
    // QuickTime's sound description of version 1 has four more numbers.
    if (parent && type.equals("mp4a") && fields[9] == 1) {
      byte[] longer = java.util.Arrays.copyOf(fields, fields.length + 16);
      body.get(longer, fields.length, 16);
      fields = longer;
    }
    OddBox box = new OddBox(type, fields);
    while (body.remaining() >= 8) {
      int size = body.getInt();
      byte[] name = new byte[4];
      body.get(name);
      ByteBuffer inner = body.slice(body.position(), size - 8);
      body.position(body.position() + size - 8);
      box.children.add(read(new String(name, StandardCharsets.ISO_8859_1), inner));
    }
    return box;
  }

  byte[] toBytes() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(fields);
    for (OddBox child : children) {
      body.writeBytes(child.toBytes());
    }
    if (type.equals("file")) {
      return body.toByteArray();
    }
    int header = form == Form.LARGE ? 16 : 8;
    long size = header + body.size() + lie;
    ByteBuffer out = ByteBuffer.allocate(header + body.size());
    out.putInt(form == Form.PLAIN ? (int) size : form == Form.LARGE ? 1 : 0);
    out.put(type.getBytes(StandardCharsets.ISO_8859_1));
    if (form == Form.LARGE) {
      out.putLong(size);
    }
    return out.put(body.toByteArray()).array();
  }

  OddBox copy() {
    OddBox copy = new OddBox(type, fields.clone());
    children.forEach(child -> copy.children.add(child.copy()));
    copy.form = form;
    copy.lie = lie;
    return copy;
  }

  /** All boxes of a type at any depth, in file order. */
  List<OddBox> all(String wanted) {
    List<OddBox> found = new ArrayList<>();
    for (OddBox child : children) {
      if (child.type.equals(wanted)) {
        found.add(child);
      }
      found.addAll(child.all(wanted));
    }
    return found;
  }

  /**
   * The box of a path: each step is the n-th box of a type at any depth below the step before.
   *
   * @param path as {@code trak[2]/stts}; without a number the first; {@code _} is a space
   */
  OddBox at(String path) {
    OddBox box = this;
    for (String step : path.replace('_', ' ').split("/", -1)) {
      int bracket = step.indexOf('[');
      String wanted = bracket < 0 ? step : step.substring(0, bracket);
      int number =
          bracket < 0 ? 1 : Integer.parseInt(step.substring(bracket + 1, step.length() - 1));
      box = wanted.equals("file") ? this : box.all(wanted).get(number - 1);
    }
    return box;
  }

  Optional<OddBox> find(String wanted) {
    return all(wanted).stream().findFirst();
  }

  OddBox parentOf(OddBox box) {
    return parent(box).orElseThrow();
  }

  private Optional<OddBox> parent(OddBox box) {
    if (children.stream().anyMatch(child -> child == box)) {
      return Optional.of(this);
    }
    return children.stream().flatMap(child -> child.parent(box).stream()).findFirst();
  }

  /** The fields, from {@code offset} on. */
  ByteBuffer fields(int offset) {
    return ByteBuffer.wrap(fields).position(offset);
  }
}
