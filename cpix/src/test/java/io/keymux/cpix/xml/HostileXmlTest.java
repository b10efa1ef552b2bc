package io.keymux.cpix.xml;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents within the size limit that are made to cost time, memory or stack. */
class HostileXmlTest {
  private static final int LIMIT = XmlLimits.DEFAULT.bytes();
  private static final long MILLIS = 200;

  /** A refusal may have to hold what was read up to it, in a few forms. */
  private static final long BYTES = 16L * LIMIT;

  @TestFactory
  Stream<DynamicTest> parse_hostile_isRefusedFastAndSmall() {
    Map<String, String> documents = new TreeMap<>();
    documents.put("xml-too-deep nested", "<a>".repeat(100_000));
    documents.put("xml-too-many-elements siblings", "<a>" + "<b/>".repeat(100_000) + "</a>");
    documents.put("xml-too-many-attributes distinct", element(i -> "a" + i + "=''"));
    documents.put("xml-too-many-attributes colliding", element(i -> colliding(i) + "=''"));
    documents.put("xml-too-many-attributes namespaces", element(i -> "xmlns:a" + i + "='u'"));
    documents.put(
        "xml-too-many-attributes colliding namespaces",
        element(i -> "xmlns:" + colliding(i) + "='u'"));
    documents.put("xml-too-many-attributes namespaces in depth", namespacesInDepth());
    documents.put("xml-name-too-long element", "<" + filler());
    documents.put("xml-name-too-long attribute", "<a " + filler());
    documents.put("xml-name-too-long namespace", "<a xmlns:" + filler());
    documents.put("xml-name-too-long instruction", "<?" + filler());
    documents.put("xml-name-too-long entity", "<a>&" + filler());
    documents.put("xml-not-well-formed value", "<a b='" + filler());
    documents.put("xml-not-well-formed text", "<a>" + filler());
    documents.put("xml-not-well-formed comment", "<!--" + filler());
    documents.put("xml-not-well-formed cdata", "<a><![CDATA[" + filler());
    documents.put("xml-not-well-formed instruction", "<?x " + filler());
    documents.put("xml-not-well-formed references", "<a b='" + "&amp;".repeat(200_000));
    documents.put("xml-dtd-refused name", "<!DOCTYPE " + filler());
    documents.put("xml-dtd-refused bomb", bomb());
    return documents.entrySet().stream()
        .map(
            document ->
                DynamicTest.dynamicTest(
                    document.getKey(),
                    () -> {
                      byte[] xml = document.getValue().getBytes(UTF_8);
                      String code = document.getKey().split(" ", 2)[0];
                      assertThat(millis(() -> assertRefused(xml, code))).isLessThan(MILLIS);
                      assertThat(allocated(() -> assertRefused(xml, code))).isLessThan(BYTES);
                    }));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void parse_manyNamesOfOneHash_areReadInTime(boolean attributes) {
    StringBuilder xml = new StringBuilder("<a>");
    for (int i = 0; xml.length() < LIMIT - 10_000; i += 100) {
      int first = i;
      xml.append(
          attributes
              ? IntStream.range(first, first + 100)
                  .mapToObj(at -> " " + colliding(at) + "='1'")
                  .collect(Collectors.joining("", "<b", "/>"))
              : "<" + colliding(i / 100) + " b='" + "x".repeat(80) + "'/>");
    }
    byte[] whole = xml.append("</a>").toString().getBytes(UTF_8);
    assertThat(millis(() -> SafeXml.parse(whole))).isLessThan(MILLIS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c0bc612f3e", // Overlong <
        "3c613ec0803c2f613e", // Overlong NUL
        "3c613ee080af3c2f613e", // Overlong /
        "3c613ef08080af3c2f613e",
        "3c613eeda0803c2f613e", // Half a surrogate pair
        "3c613ef49080803c2f613e", // Beyond U+10FFFF
        "3c613ef888808080803c2f613e", // Five bytes
        "3c613ec3", // Cut short
        "3c613eff3c2f613e",
        "feff003c0061002f003e00", // UTF-16, cut short
        "fffe3c0061003e0000d83c002f0061003e00", // UTF-16, half a surrogate pair
        "feff3c00", // The other order
        "0000003c00000061", // UTF-32
        "4c6fa79940" // EBCDIC
      })
  void parse_brokenEncoding_isRefused(String hex) {
    assertRefused(HexFormat.of().parseHex(hex), "xml-not-well-formed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"UTF-7", "x-unknown", "", " ", "UTF-16", "ISO-10646-UCS-4", "IBM037", "utf 8"})
  void parse_falseEncoding_isRefused(String encoding) {
    String xml = "<?xml version='1.0' encoding='" + encoding + "'?><a>ü</a>";
    assertRefused(xml.getBytes(UTF_8), "xml-not-well-formed");
  }

  @Test
  void parse_byteOrderMark_decides() {
    for (Charset charset : new Charset[] {UTF_8, UTF_16BE, UTF_16LE}) {
      byte[] xml = "\ufeff<a>\u20ac\ud83d\udd11</a>".getBytes(charset);
      assertThat(SafeXml.parse(xml).getDocumentElement().getTextContent())
          .isEqualTo("\u20ac\ud83d\udd11");
    }
    assertRefused(
        "\u00ef\u00bb\u00bf\u00ef\u00bb\u00bf<a/>".getBytes(ISO_8859_1), "xml-not-well-formed");
  }

  private static String element(IntFunction<String> attribute) {
    StringBuilder element = new StringBuilder("<a");
    for (int i = 0; element.length() < LIMIT - 100; i++) {
      element.append(' ').append(attribute.apply(i));
    }
    return element.append("/>").toString();
  }

  /** As many namespaces as one element may have, in each that is open, and many look-ups. */
  private static String namespacesInDepth() {
    StringBuilder xml = new StringBuilder();
    for (int depth = 0; depth < 60; depth++) {
      xml.append("<a");
      for (int i = 0; i < 100; i++) {
        xml.append(" xmlns:n").append(depth).append('-').append(i).append("='u'");
      }
      xml.append('>');
    }
    while (xml.length() < LIMIT - 1000) {
      xml.append("<n0-0:a/>");
    }
    return xml.toString();
  }

  /** One of 2^16 names with the same {@code hashCode}. */
  static String colliding(int index) {
    StringBuilder name = new StringBuilder();
    for (int bit = 0; bit < 16; bit++) {
      name.append(((index >> bit) & 1) == 0 ? "Aa" : "BB");
    }
    return name.toString();
  }

  private static String filler() {
    return "x".repeat(LIMIT - 100);
  }

  private static String bomb() {
    StringBuilder bomb = new StringBuilder("<!DOCTYPE a [<!ENTITY e0 'x'>");
    for (int i = 1; i < 100; i++) {
      bomb.append("<!ENTITY e%d '%s'>".formatted(i, ("&e" + (i - 1) + ";").repeat(10)));
    }
    return bomb + "]><a>&e99;</a>";
  }

  /** Of the processor, the best of five runs: other clocks tell how busy the machine is. */
  static long millis(Runnable run) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long before = threads.getCurrentThreadCpuTime();
      run.run();
      best = Math.min(best, threads.getCurrentThreadCpuTime() - before);
    }
    return best / 1_000_000;
  }

  /** Bytes of heap that {@code run} takes, garbage or not. */
  static long allocated(Runnable run) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    run.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  static void assertRefused(byte[] xml, String code) {
    assertThatThrownBy(() -> SafeXml.parse(xml))
        .asInstanceOf(type(InvalidXmlException.class))
        .extracting(InvalidXmlException::code)
        .isEqualTo(code);
  }
}
