package io.keymux.cpix.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.DeliveryData;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.Filter;
import io.keymux.cpix.KeyDetails;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyPeriod;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.UsageRule;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Edits, one by one, on documents small enough to compare as text. */
class CpixEditorTest {
  private static final String CPIX = "xmlns=\"urn:dashif:org:cpix\"";
  private static final String PSKC = "xmlns:pskc=\"urn:ietf:params:xml:ns:keyprov:pskc\"";
  private static final KeyId KID = KeyId.parse("00000000-0000-8000-8000-000000000001");
  private static final String ONE_KEY =
      "<CPIX "
          + CPIX
          + "><!--a--><ContentKeyList>\n  <ContentKey kid=\""
          + KID
          + "\"/><x xmlns=\"urn:x\"/>\n</ContentKeyList></CPIX>";

  @Test
  void setValue_inDocumentWithoutPskc_declaresItAtTheElement() {
    assertThat(edited(ONE_KEY, edit -> edit.setValue(key(KID))))
        .isEqualTo(
            "<CPIX "
                + CPIX
                + "><!--a--><ContentKeyList>\n  <ContentKey kid=\""
                + KID
                + "\"><Data><pskc:Secret "
                + PSKC
                + "><pskc:PlainValue>AQEBAQEBAQEBAQEBAQEBAQ==</pskc:PlainValue></pskc:Secret>"
                + "</Data></ContentKey><x xmlns=\"urn:x\"/>\n</ContentKeyList></CPIX>");
  }

  @Test
  void add_withOtherPrefixInScope_takesIt() {
    String xml =
        "<c:CPIX xmlns:c=\"urn:dashif:org:cpix\""
            + " xmlns:k=\"urn:ietf:params:xml:ns:keyprov:pskc\"/>";
    assertThat(edited(xml, edit -> edit.add(key(KID))))
        .contains("<c:ContentKeyList><c:ContentKey kid=")
        .contains("<c:Data><k:Secret><k:PlainValue>")
        .doesNotContain("xmlns:pskc");
  }

  @Test
  void add_eachList_standsInTheOrderOfTheSchema() {
    String xml =
        edited(
            "<CPIX " + CPIX + "/>",
            edit ->
                edit.add(new UsageRule(KID, "", List.of(new Filter.LabelFilter("l"))))
                    .add(new KeyPeriod("p", 1L, null, null))
                    .add(key(KID))
                    .add(
                        new DrmSignaling(
                            DrmSystem.WIDEVINE.systemId(), KID, null, null, null, null, null)));
    assertThat(xml)
        .containsSubsequence(
            "<ContentKeyList>",
            "<DRMSystemList>",
            "<ContentKeyPeriodList>",
            "<ContentKeyUsageRuleList>");
  }

  @Test
  void add_recipient_standsFirst() {
    String xml = edited(ONE_KEY, edit -> edit.add(DeliveryData.of("d", Bytes.ofHex("3000"))));
    assertThat(xml)
        .contains(
            "<!--a--><DeliveryDataList><DeliveryData id=\"d\"><DeliveryKey><ds:X509Data"
                + " xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">"
                + "<ds:X509Certificate>MAA=</ds:X509Certificate></ds:X509Data></DeliveryKey>"
                + "</DeliveryData></DeliveryDataList><ContentKeyList>");
  }

  @Test
  void setExplicitIv_ofKeyInUpperCase_findsIt() {
    String xml = ONE_KEY.replace(KID.toString(), "0000000A-0000-8000-8000-00000000000F");
    KeyId other = KeyId.parse("0000000a-0000-8000-8000-00000000000f");
    assertThat(
            edited(
                xml,
                edit -> edit.setExplicitIv(other, Bytes.ofHex("00112233445566778899aabbccddeeff"))))
        .contains("explicitIV=\"ABEiM0RVZneImaq7zN3u/w==\"");
  }

  @Test
  void remove_unknownKey_isTyped() {
    KeyId other = KeyId.parse("00000000-0000-8000-8000-000000000002");
    assertThatThrownBy(() -> edited(ONE_KEY, edit -> edit.remove(other)))
        .asInstanceOf(type(DrmException.class))
        .extracting(DrmException::code)
        .isEqualTo("cpix-unknown-kid");
  }

  @Test
  void add_whatTheVersionCannotSay_isTypedAndChangesNothing() {
    CpixTree tree = CpixTree.read(ONE_KEY.getBytes(UTF_8));
    KeyId leaf = KeyId.parse("00000000-0000-8000-8000-000000000002");
    ContentKey key =
        new ContentKey(
            leaf,
            SecretBytes.copyOf(new byte[16]),
            null,
            null,
            new KeyDetails(null, "c", null, null, null));
    assertThatThrownBy(() -> tree.edit().add(key))
        .asInstanceOf(type(DrmException.class))
        .extracting(DrmException::code)
        .isEqualTo("cpix-not-in-version");
    assertThat(new String(tree.write(), UTF_8)).isEqualTo(ONE_KEY);
  }

  @ParameterizedTest
  @CsvSource({
    "#keys, CONTENT_KEYS, true",
    "#keys, USAGE_RULES, false",
    "#one, CONTENT_KEYS, true",
    "#root, USAGE_RULES, true",
    "'', USAGE_RULES, true",
    "#other, CONTENT_KEYS, false"
  })
  void edit_ofSignedPart_isRefusedAndChangesNothing(String uri, CpixPart part, boolean refused) {
    String xml =
        "<CPIX "
            + CPIX
            + " id=\"root\"><ContentKeyList id=\"keys\"><ContentKey id=\"one\" kid=\""
            + KID
            + "\"/></ContentKeyList><ContentKeyUsageRuleList id=\"rules\"/>"
            + "<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><SignedInfo><Reference"
            + " URI=\""
            + uri
            + "\"/></SignedInfo></Signature></CPIX>";
    CpixTree tree = CpixTree.read(xml.getBytes(UTF_8));
    if (refused) {
      assertThatThrownBy(() -> tree.edit().remove(part))
          .asInstanceOf(type(DrmException.class))
          .extracting(DrmException::code)
          .isEqualTo("cpix-signed-part");
      assertThat(new String(tree.write(), UTF_8)).isEqualTo(xml);
      tree.edit().removeSignatures(part);
    }
    tree.edit().remove(part);
    assertThat(new String(tree.write(), UTF_8))
        .doesNotContain(part.listName())
        .matches(text -> text.contains("Signature") == !refused);
  }

  private static ContentKey key(KeyId id) {
    byte[] value = new byte[16];
    Arrays.fill(value, (byte) 1);
    return new ContentKey(id, SecretBytes.copyOf(value), null, null);
  }

  private static String edited(String xml, Consumer<CpixEditor> edits) {
    CpixTree tree = CpixTree.read(xml.getBytes(UTF_8));
    edits.accept(tree.edit());
    String text = new String(tree.write(), UTF_8);
    return text.substring(text.indexOf("?>") + 2);
  }
}
