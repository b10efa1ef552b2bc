package io.keymux.testvectors.corpus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes an odd file: a whole one, changed by steps.
 *
 * <pre>
 * body BOX WORDS          replaces the fields of a box
 * put BOX OFFSET WORDS    writes over some of its fields
 * add BOX TYPE WORDS      appends a child; first: before all others; after: behind the box
 * drop BOX, keep BOX N    removes a box, or all but the first N of its type
 * dup BOX                 a second one, behind the first
 * rename BOX TYPE         and the type that is written
 * lie BOX N               adds N to the size in its header
 * large BOX, open BOX     a size of 64 bits; a size of 0, to the end of the parent
 * nest BOX TYPE N         wraps its children into N boxes
 * order TYPES             of the file's boxes; others vanish
 * relocate                chunk offsets follow a moved mdat
 * point BOX N             all chunk offsets of a table move by N bytes
 * co64                    chunk offset tables of 64 bits
 * split N                 the mdat becomes two, the first with N bytes; offsets follow
 * lengths N               NAL unit lengths of N bytes in avcC and samples of a video-only file
 * frag OPTIONS            movie fragments instead of sample tables (see {@link Fragmenter})
 * cut N, append WORDS     at the end of the file
 * </pre>
 */
final class OddFile {
  private final OddBox file;
  private byte[] tail = {};
  private int cut;
  private final int mediaStart;

  private OddFile(byte[] base) {
    this.file = OddBox.file(base);
    this.mediaStart = mediaStart();
  }

  static byte[] make(Path base, String steps) throws IOException {
    OddFile odd = new OddFile(Files.readAllBytes(base));
    for (String step : steps.split(";", -1)) {
      if (!step.isBlank()) {
        odd.step(List.of(step.strip().split("\\s+", -1)));
      }
    }
    byte[] bytes = odd.file.toBytes();
    byte[] whole = Arrays.copyOf(bytes, bytes.length + odd.tail.length - odd.cut);
    System.arraycopy(odd.tail, 0, whole, whole.length - odd.tail.length, odd.tail.length);
    return whole;
  }

  private void step(List<String> words) {
    String first = words.size() > 1 ? words.get(1) : "";
    switch (words.get(0)) {
      case "body" -> file.at(first).fields = Payload.of(rest(words, 2));
      case "put" -> put(file.at(first), Integer.parseInt(words.get(2)), rest(words, 3));
      case "add" -> file.at(first).children.add(box(words));
      case "first" -> file.at(first).children.add(0, box(words));
      case "after" -> behind(file.at(first), box(words));
      case "drop" -> drop(file.at(first));
      case "keep" -> keep(first, Integer.parseInt(words.get(2)));
      case "dup" -> behind(file.at(first), file.at(first).copy());
      case "rename" -> file.at(first).type = words.get(2);
      case "lie" -> file.at(first).lie = Long.parseLong(words.get(2));
      case "large" -> file.at(first).form = OddBox.Form.LARGE;
      case "open" -> file.at(first).form = OddBox.Form.TO_END;
      case "nest" -> nest(file.at(first), words.get(2), Integer.parseInt(words.get(3)));
      case "order" -> order(rest(words, 1));
      case "relocate" -> tables().forEach(table -> point(table, mediaStart() - mediaStart));
      case "point" -> point(file.at(first), Long.parseLong(words.get(2)));
      case "co64" -> List.copyOf(file.all("stco")).forEach(OddFile::widen);
      case "split" -> split(Integer.parseInt(first));
      case "lengths" -> NalLengths.rewrite(file, Integer.parseInt(first));
      case "frag" -> Fragmenter.rewrite(file, rest(words, 1));
      case "cut" -> cut = Integer.parseInt(first);
      case "append" -> tail = Payload.of(rest(words, 1));
      default -> throw new IllegalArgumentException("no such step: " + words);
    }
  }

  private static List<String> rest(List<String> words, int from) {
    return words.subList(from, words.size());
  }

  private static OddBox box(List<String> words) {
    return new OddBox(words.get(2).replace('_', ' '), Payload.of(rest(words, 3)));
  }

  private static void put(OddBox box, int offset, List<String> words) {
    byte[] bytes = Payload.of(words);
    System.arraycopy(bytes, 0, box.fields, offset, bytes.length);
  }

  private void behind(OddBox box, OddBox next) {
    List<OddBox> siblings = file.parentOf(box).children;
    siblings.add(siblings.indexOf(box) + 1, next);
  }

  private void drop(OddBox box) {
    file.parentOf(box).children.remove(box);
  }

  private void keep(String type, int count) {
    List<OddBox> all = file.all(type);
    all.subList(count, all.size()).forEach(this::drop);
  }

  private static void nest(OddBox box, String type, int depth) {
    List<OddBox> inner = new ArrayList<>(box.children);
    for (int i = 0; i < depth; i++) {
      OddBox outer = new OddBox(type, new byte[0]);
      outer.children.addAll(inner);
      inner = List.of(outer);
    }
    box.children.clear();
    box.children.addAll(inner);
  }

  private void order(List<String> types) {
    List<OddBox> boxes =
        types.stream()
            .flatMap(type -> file.children.stream().filter(b -> b.type.equals(type)))
            .collect(Collectors.toList());
    file.children.clear();
    file.children.addAll(boxes);
  }

  private List<OddBox> tables() {
    List<OddBox> tables = new ArrayList<>(file.all("stco"));
    tables.addAll(file.all("co64"));
    return tables;
  }

  /** Where the first media byte is. */
  private int mediaStart() {
    int at = 0;
    for (OddBox box : file.children) {
      if (box.type.equals("mdat")) {
        return at + (box.form == OddBox.Form.LARGE ? 16 : 8);
      }
      at += box.toBytes().length;
    }
    return at;
  }

  private static void point(OddBox table, long by) {
    boolean wide = table.type.equals("co64");
    ByteBuffer fields = table.fields(8);
    while (fields.hasRemaining()) {
      int at = fields.position();
      if (wide) {
        fields.putLong(fields.getLong(at) + by);
      } else {
        fields.putInt((int) (fields.getInt(at) + by));
      }
    }
  }

  private static void widen(OddBox stco) {
    ByteBuffer old = stco.fields(8);
    ByteBuffer wide = ByteBuffer.allocate(8 + old.remaining() * 2).put(stco.fields, 0, 8);
    while (old.hasRemaining()) {
      wide.putLong(Integer.toUnsignedLong(old.getInt()));
    }
    stco.type = "co64";
    stco.fields = wide.array();
  }

  private void split(int bytes) {
    OddBox mdat = file.at("mdat");
    byte[] media = mdat.fields;
    mdat.fields = Arrays.copyOf(media, bytes);
    behind(mdat, new OddBox("mdat", Arrays.copyOfRange(media, bytes, media.length)));
    for (OddBox table : file.all("stco")) {
      ByteBuffer fields = table.fields(8);
      while (fields.hasRemaining()) {
        int offset = fields.getInt(fields.position());
        fields.putInt(offset >= mediaStart + bytes ? offset + 8 : offset);
      }
    }
  }
}
