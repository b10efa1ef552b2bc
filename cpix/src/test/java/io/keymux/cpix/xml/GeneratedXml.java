package io.keymux.cpix.xml;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Well-formed documents with a bit of everything that XML has without a DTD, one for each seed. */
final class GeneratedXml {
  private static final List<String> PIECES =
      List.of(
          "a",
          " ",
          "\n",
          "\r\n",
          "\r",
          "\t",
          "&#13;",
          "&#10;",
          "&#9;",
          "&amp;",
          "&lt;",
          "&gt;",
          ">",
          "&quot;",
          "&apos;",
          "ü",
          "€",
          "\ud83d\udd11",
          "&#x1f511;",
          "\u0085",
          "\u2028",
          "&#x85;",
          "]]&gt;.",
          "\u007f",
          "EBESExQVFhcYGRobHB0eHw==");
  private static final List<String> PREFIXES = List.of("", "", "p:", "q:", "xml:");

  private final Random random;
  private final boolean latin1;
  private int budget = 60;

  private GeneratedXml(int seed) {
    random = new Random(seed);
    latin1 = random.nextInt(4) == 0;
  }

  static Stream<byte[]> documents(int count) {
    return IntStream.range(0, count).mapToObj(seed -> new GeneratedXml(seed).document());
  }

  private byte[] document() {
    Charset charset =
        latin1
            ? StandardCharsets.ISO_8859_1
            : one(List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16));
    boolean declared = latin1 || random.nextBoolean();
    String declaration =
        "<?xml version='1.0' encoding='%s'%s?>"
            .formatted(charset.name(), one(List.of("", " standalone='yes'", " standalone='no'")));
    String mark = charset.equals(StandardCharsets.UTF_8) && random.nextBoolean() ? "\ufeff" : "";
    String text =
        mark
            + (declared ? declaration : "")
            + misc()
            + "<p:root xmlns:p='urn:p' xmlns:q='urn:q'"
            + attributes("p:root")
            + ">"
            + content(0)
            + "</p:root>"
            + misc();
    return text.getBytes(charset);
  }

  private String misc() {
    StringBuilder misc = new StringBuilder(random.nextBoolean() ? "\n" : "");
    for (int i = random.nextInt(3); i > 0; i--) {
      misc.append(random.nextBoolean() ? comment() : instruction()).append("\n");
    }
    return misc.toString();
  }

  private String content(int depth) {
    StringBuilder content = new StringBuilder();
    for (int i = random.nextInt(7); i > 0; i--) {
      content.append(
          switch (random.nextInt(6)) {
            case 0 -> comment();
            case 1 -> instruction();
            case 2 -> "<![CDATA[" + raw("]]") + "]]>";
            case 3, 4 -> element(depth);
            default -> text(random.nextInt(40) == 0 ? 9000 : 8);
          });
    }
    return content.toString();
  }

  private String element(int depth) {
    if (--budget < 0 || depth > 20) {
      return "";
    }
    String name = one(List.of("", "p:", "q:")) + one(List.of("a", "b", "xmlnsy", "c.d-e_f"));
    String start = "<" + name + attributes(name);
    return random.nextInt(4) == 0
        ? start + "/>"
        : start + ">" + content(depth + 1) + "</" + name + " >";
  }

  private String attributes(String name) {
    StringBuilder attributes = new StringBuilder();
    List<String> seen = new ArrayList<>();
    if (random.nextInt(4) == 0 && !name.equals("p:root")) {
      attributes.append(one(List.of(" xmlns='urn:d'", " xmlns=''", " xmlns:p='urn:other'")));
    }
    for (int i = random.nextInt(6); i > 0; i--) {
      String attribute = one(PREFIXES) + one(List.of("id", "lang", "xmlnsx", "z", "b"));
      if (!seen.contains(attribute)) {
        seen.add(attribute);
        attributes.append("\n  ").append(attribute).append("=\"").append(text(8)).append("\"");
      }
    }
    return attributes.toString();
  }

  private String comment() {
    return "<!--" + raw("--") + "-->";
  }

  private String instruction() {
    return "<?target " + raw("?>") + "?>";
  }

  private String raw(String without) {
    return text(6).replace("-", "").replace(without, "");
  }

  private String text(int pieces) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(pieces); i > 0; i--) {
      String piece = one(PIECES);
      boolean fits = !latin1 || piece.chars().allMatch(c -> c <= 0xff);
      text.append(fits ? piece : "x");
    }
    return text.toString();
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
