package io.keymux.api.canary;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.keymux.cpix.KeyId;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The search itself: it finds each spelling, and nothing where there is nothing. */
class CanariesTest {
  private final Canaries canaries = new Canaries();
  private final byte[] key = canaries.bytes("key", 16);
  private final String password = canaries.text("password", "&\"\\ <\u00fc/+=");

  @TestFactory
  Stream<DynamicTest> find_plantedKey_isFound() {
    KeyId id = KeyId.ofBytes(key);
    KeyId guid = KeyId.ofBytes(id.toGuidBytes());
    Map<String, String> planted = new LinkedHashMap<>();
    planted.put("hex", HexFormat.of().formatHex(key));
    planted.put("upper hex", HexFormat.of().withUpperCase().formatHex(key));
    planted.put("hex with colons", HexFormat.ofDelimiter(":").formatHex(key));
    planted.put("UUID", id.toString());
    planted.put("upper UUID", id.toString().toUpperCase(Locale.ROOT));
    planted.put("GUID", guid.toString());
    planted.put("GUID hex", guid.toHex());
    planted.put("GUID base64", Base64.getEncoder().encodeToString(id.toGuidBytes()));
    planted.put("numbers", Arrays.toString(key));
    planted.put("bytes", new String(key, ISO_8859_1));
    for (Base64.Encoder encoder :
        new Base64.Encoder[] {
          Base64.getEncoder(), Base64.getUrlEncoder(), Base64.getUrlEncoder().withoutPadding()
        }) {
      for (int before = 0; before < 4; before++) {
        for (int after = 0; after < 3; after++) {
          planted.put(
              "base64 " + planted.size(), encoder.encodeToString(surrounded(key, before, after)));
        }
      }
    }
    for (int at = 0; at + 8 <= key.length; at++) {
      byte[] part = Arrays.copyOfRange(key, at, at + 8);
      planted.put("half hex " + at, HexFormat.of().formatHex(part));
      planted.put("half base64 " + at, Base64.getEncoder().encodeToString(part));
    }
    return found(planted, "key as ");
  }

  @TestFactory
  Stream<DynamicTest> find_plantedPassword_isFound() {
    byte[] utf8 = password.getBytes(UTF_8);
    Map<String, String> planted = new LinkedHashMap<>();
    planted.put("text", password);
    planted.put("half", password.substring(0, 9));
    planted.put("other half", password.substring(password.length() - 9));
    planted.put("form", URLEncoder.encode(password, UTF_8));
    planted.put("percent", URLEncoder.encode(password, UTF_8).replace("+", "%20"));
    planted.put("percent of each byte", "%" + HexFormat.ofDelimiter("%").formatHex(utf8));
    planted.put("JSON", new String(JsonStringEncoder.getInstance().quoteAsString(password)));
    planted.put("JSON in ASCII", Spellings.json(password));
    planted.put("XML", Spellings.xml(password));
    planted.put("hex", HexFormat.of().formatHex(utf8));
    planted.put("Basic", Base64.getEncoder().encodeToString(("user:" + password).getBytes(UTF_8)));
    return found(planted, "password as ");
  }

  private Stream<DynamicTest> found(Map<String, String> planted, String name) {
    return planted.entrySet().stream()
        .map(
            plant ->
                DynamicTest.dynamicTest(
                    plant.getKey(),
                    () -> {
                      byte[] text =
                          ("before it " + plant.getValue() + " and behind")
                              .getBytes(plant.getKey().equals("bytes") ? ISO_8859_1 : UTF_8);
                      assertThat(canaries.find(text))
                          .isNotEmpty()
                          .allMatch(finding -> finding.startsWith(name));
                    }));
  }

  @Test
  void find_atBothEnds_isFound() {
    assertThat(canaries.find(HexFormat.of().formatHex(key))).isNotEmpty();
    assertThat(canaries.find("x" + HexFormat.of().formatHex(key, 8, 16))).isNotEmpty();
  }

  @Test
  void find_whatIsNoSecret_isNotFound() {
    byte[] other = new byte[1 << 20];
    new Random(1).nextBytes(other);
    assertThat(canaries.find(other)).isEmpty();
    assertThat(canaries.find(HexFormat.of().formatHex(other))).isEmpty();
    assertThat(canaries.find(Base64.getEncoder().encode(other))).isEmpty();
    assertThat(canaries.find(HexFormat.of().formatHex(key, 0, 7))).isEmpty();
    assertThat(canaries.find("")).isEmpty();
    assertThat(canaries.names()).containsExactly("key", "password");
  }

  private static byte[] surrounded(byte[] key, int before, int after) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(new byte[before]);
    whole.writeBytes(key);
    whole.writeBytes(new byte[after]);
    return whole.toByteArray();
  }
}
