package io.keymux.cpix.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams that are far longer than the limit. */
class CappedInputTest {
  private static final int LIMIT = XmlLimits.DEFAULT.bytes();

  /** A gigabyte: a start, then a unit again and again. */
  private static final class Endless extends InputStream {
    private final byte[] start;
    private final byte[] unit;
    private long given;
    private boolean closed;

    Endless(String start, String unit) {
      this.start = start.getBytes(UTF_8);
      this.unit = unit.getBytes(UTF_8);
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (given >= 1L << 30) {
        return -1;
      }
      for (int i = offset; i < offset + length; i++) {
        long at = given++;
        target[i] =
            at < start.length ? start[(int) at] : unit[(int) ((at - start.length) % unit.length)];
      }
      return length;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "<a>, x, xml-too-large",
        "<a b=', x, xml-too-large",
        "<!--, x, xml-too-large",
        "<a><![CDATA[, x, xml-too-large",
        "<?p ` `, x, xml-too-large",
        "<a/>, ` `, xml-too-large",
        "<, x, xml-name-too-long",
        "<a b='' x, x, xml-name-too-long",
        "<a, ` b=''`, xml-too-many-attributes",
        "<a>, <b/>, xml-too-many-elements",
        "` `, <a>, xml-too-deep",
        "<!DOCTYPE a [, <!-- -->, xml-dtd-refused"
      })
  void parse_gigabyte_isReadToTheLimitAtMost(String start, String unit, String code) {
    Endless warm = new Endless(start, unit);
    assertRefused(warm, code);
    assertThat(warm.given).isLessThanOrEqualTo(LIMIT + 1L);
    assertThat(warm.closed).isFalse();
    assertThat(HostileXmlTest.allocated(() -> assertRefused(new Endless(start, unit), code)))
        .isLessThan(16L * LIMIT);
    assertThat(HostileXmlTest.millis(() -> assertRefused(new Endless(start, unit), code)))
        .isLessThan(200);
  }

  @Test
  void parse_streamOfTheLimit_isReadWhole() throws IOException {
    byte[] xml = ("<a>" + "x".repeat(LIMIT - 7) + "</a>").getBytes(UTF_8);
    assertThat(
            SafeXml.parse(new ByteArrayInputStream(xml), XmlLimits.DEFAULT)
                .isEqualNode(SafeXml.parse(xml)))
        .isTrue();
    InputStream longer = new ByteArrayInputStream((new String(xml, UTF_8) + " ").getBytes(UTF_8));
    assertRefused(longer, "xml-too-large");
  }

  @Test
  void parse_failingStream_tellsItsOwnFailure() {
    IOException failure = new IOException("gone");
    InputStream failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw failure;
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            throw failure;
          }
        };
    assertThatThrownBy(() -> SafeXml.parse(failing, XmlLimits.DEFAULT)).isSameAs(failure);
  }

  private static void assertRefused(InputStream xml, String code) {
    assertThatThrownBy(() -> SafeXml.parse(xml, XmlLimits.DEFAULT))
        .asInstanceOf(type(InvalidXmlException.class))
        .extracting(InvalidXmlException::code)
        .isEqualTo(code);
  }
}
