package io.keymux.cpix.validation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.xml.SafeXml;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;

/** A key that stands in the wrong place, or in the wrong form, is in no finding. */
class SecretFindingTest {
  private static final String KEY = "c0ffee00deadbeefc0ffee00deadbeef";

  @ParameterizedTest
  @ValueSource(strings = {KEY, KEY + "!", "wP/uAN6tvu/A/+4A3q2+7w==", "wP/uAN6tvu/A/+4A3q2+7w"})
  void validate_keyAsTextOfAnyElement_isNotShown(String key) {
    String sample = Samples.own("cpix-2.4-everything.xml");
    int count = Mutation.elements(SafeXml.parse(sample.getBytes(UTF_8))).size();
    for (int i = 1; i < count; i++) {
      byte[] xml =
          new Mutation(i, "", element -> element.setTextContent(key)).apply(sample.getBytes(UTF_8));
      assertHidden(xml, key, CpixProfile.CPIX_2_4);
    }
  }

  @ParameterizedTest
  @EnumSource
  void validate_keyAsKidOrIv_isNotShown(CpixProfile profile) {
    String key = "wP/uAN6tvu/A/+4A3q2+7w==";
    String sample = Samples.own("cpix-2.3-everything.xml");
    List<Element> elements = Mutation.elements(SafeXml.parse(sample.getBytes(UTF_8)));
    for (int i = 0; i < elements.size(); i++) {
      for (String name : List.of("kid", "explicitIV", "dependsOnKey", "systemId", "encryptsKey")) {
        Attr attribute = elements.get(i).getAttributeNode(name);
        if (attribute != null) {
          byte[] xml =
              new Mutation(i, "", element -> element.setAttribute(name, key))
                  .apply(sample.getBytes(UTF_8));
          assertHidden(xml, key, profile);
        }
      }
    }
  }

  private static void assertHidden(byte[] xml, String key, CpixProfile profile) {
    for (Strictness strictness : Strictness.values()) {
      List<CpixFinding> findings = CpixValidator.validate(xml, profile, strictness);
      assertThat(findings.toString()).doesNotContain(key);
      assertThat(findings.toString()).doesNotContain(key.substring(0, 12));
    }
  }
}
