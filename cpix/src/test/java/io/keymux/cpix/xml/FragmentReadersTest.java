package io.keymux.cpix.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class FragmentReadersTest {

  @Test
  void giveBack_readerWithShareLeft_isLentAgain() {
    FragmentReaders readers = new FragmentReaders();
    FragmentReaders.Lent first = readers.take();
    assertThat(readers.take().reader()).isNotSameAs(first.reader());
    readers.giveBack(first, 100);
    FragmentReaders.Lent again = readers.take();
    assertThat(again.reader()).isSameAs(first.reader());
    assertThat(again.left()).isEqualTo(first.left() - 100);
    readers.giveBack(again, again.left());
    assertThat(readers.take().reader()).isNotSameAs(first.reader());
  }

  @Test
  void giveBack_reader_holdsNoTree() {
    FragmentReaders readers = new FragmentReaders();
    FragmentReaders.Lent lent = readers.take();
    TreeBuilder builder = new TreeBuilder(new XmlInspector(XmlLimits.DEFAULT));
    builder.listenTo(lent.reader());
    assertThat(lent.reader().getContentHandler()).isSameAs(builder);
    readers.giveBack(lent, 1);
    assertThat(lent.reader().getContentHandler()).isNotSameAs(builder);
    assertThat(lent.reader().getErrorHandler()).isNotSameAs(builder);
  }

  @Test
  void parseFragment_manyThreadsAndRefusals_leakNothingIntoEachOther() {
    List<String> good =
        List.of(
            "<a xmlns='urn:a' xmlns:p='urn:p'><p:b c='1'/>x<![CDATA[y]]></a>",
            "<a xmlns:p='urn:q'><p:b/><!--z--></a>",
            "<?xml-stylesheet?><b/>");
    List<Element> alone = good.stream().map(text -> SafeXml.parseFragment(text).get(0)).toList();
    IntStream.range(0, 3000)
        .parallel()
        .forEach(
            i -> {
              int which = i % good.size();
              Element read = SafeXml.parseFragment(good.get(which)).get(0);
              assertThat(read.isEqualNode(alone.get(which))).isTrue();
              assertThatThrownBy(() -> SafeXml.parseFragment("<p:b/>" + "<c>".repeat(i % 70)))
                  .isInstanceOf(InvalidXmlException.class);
            });
  }
}
