package io.keymux.cpix.xml;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DocumentDetails;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.Filter;
import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.BitrateFilter;
import io.keymux.cpix.Filter.KeyPeriodFilter;
import io.keymux.cpix.Filter.LabelFilter;
import io.keymux.cpix.Filter.VideoFilter;
import io.keymux.cpix.KeyDetails;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyPeriod;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.RequestedKey;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.SignalingDetails;
import io.keymux.cpix.UpdateHistoryItem;
import io.keymux.cpix.UsageRule;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CpixReaderTest {
  private static final KeyId KID_1 = KeyId.parse("00000000-0000-8000-8000-000000000001");
  private static final KeyId KID_2 = KeyId.parse("00000000-0000-8000-8000-000000000002");
  private static final SecretBytes KEY =
      SecretBytes.copyOf(HexFormat.of().parseHex("101112131415161718191a1b1c1d1e1f"));
  private static final CpixDocument CLEAR =
      new CpixDocument(
          "asset-1",
          "2.3",
          List.of(
              new ContentKey(
                  KID_1,
                  KEY,
                  ProtectionScheme.CBCS,
                  Bytes.ofHex("000102030405060708090a0b0c0d0e0f"))),
          List.of(new RequestedKey(KID_2, ProtectionScheme.CBCS, null)),
          List.of(
              new DrmSignaling(
                  DrmSystem.WIDEVINE.systemId(),
                  KID_1,
                  Bytes.ofHex("00010203"),
                  "<a/><b/>",
                  "#EXT-X-KEY:X",
                  "#EXT-X-SESSION-KEY:X",
                  "BAUGBw==")),
          List.of(
              new KeyPeriod(
                  "p1",
                  7L,
                  OffsetDateTime.parse("2030-01-01T00:00:00Z"),
                  OffsetDateTime.parse("2030-01-02T00:00:00+01:00"))),
          List.of(
              new UsageRule(
                  KID_1,
                  "HD",
                  List.of(
                      new KeyPeriodFilter("p1"),
                      new LabelFilter("main"),
                      new VideoFilter(1L, 921600L, 0L, 60L, false, true),
                      new BitrateFilter(1000L, 9000000L))),
              new UsageRule(KID_2, "", List.of(new AudioFilter(1, 2)))));

  @Test
  void read_everyElement_isModel() {
    assertThat(CpixReader.read(Resources.bytes("clear.xml"))).isEqualTo(CLEAR);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "ISO-8859-1", "US-ASCII"})
  void read_otherEncodings_isSameModel(String encoding) {
    byte[] xml =
        Resources.text("clear.xml").replace("UTF-8", encoding).getBytes(Charset.forName(encoding));
    assertThat(CpixReader.read(xml)).isEqualTo(CLEAR);
  }

  @Test
  void read_byteOrderMarks_isSameModel() {
    String text = Resources.text("clear.xml");
    assertThat(CpixReader.read(("\ufeff" + text).getBytes(UTF_8))).isEqualTo(CLEAR);
    String undeclared = text.substring(text.indexOf("<cpix:CPIX"));
    assertThat(CpixReader.read(("\ufeff" + undeclared).getBytes(UTF_16LE))).isEqualTo(CLEAR);
    assertThat(CpixReader.read(undeclared.getBytes(UTF_16))).isEqualTo(CLEAR);
  }

  @Test
  void read_oldStyle_mapsOldNamesAndJoinsSplitText() {
    CpixDocument document = CpixReader.read(Resources.bytes("old-style.xml"));
    KeyId keyId = KeyId.parse("0a0b0c0d-0000-8000-8000-00000000000f");
    assertThat(document.contentId()).isNull();
    assertThat(document.version()).isNull();
    assertThat(document.contentKeys()).containsExactly(new ContentKey(keyId, KEY, null, null));
    assertThat(document.drmSystems())
        .containsExactly(
            new DrmSignaling(
                DrmSystem.FAIRPLAY.systemId(),
                keyId,
                Bytes.empty(),
                null,
                "#EXT-X-KEY:X",
                null,
                null,
                new SignalingDetails("fp", null, null, "skd://a", null)),
            new DrmSignaling(
                DrmSystem.WIDEVINE.systemId(), keyId, null, null, "#EXT-X-KEY:Y", null, null));
    assertThat(document.keyPeriods())
        .containsExactly(
            new KeyPeriod(
                "",
                null,
                OffsetDateTime.parse("2030-01-01T00:00:00Z"),
                OffsetDateTime.parse("2030-01-01T01:00:00.5Z")));
    assertThat(document.usageRules()).isEmpty();
    assertThat(document.details())
        .isEqualTo(
            new DocumentDetails(
                "c1",
                "n",
                List.of(),
                List.of(
                    new UpdateHistoryItem(
                        null, 1, "1", "me", OffsetDateTime.parse("2020-01-01T00:00:00Z")))));
  }

  @Test
  void read_newStyle_keepsWhatIsNew() {
    CpixDocument document = CpixReader.read(Resources.bytes("new-style.xml"));
    assertThat(document.version()).isEqualTo("2.4");
    assertThat(document.contentKeys())
        .containsExactly(
            new ContentKey(
                KID_1, KEY, null, null, new KeyDetails(null, null, null, "TYPE-1", "<a/>")));
    assertThat(document.drmSystems())
        .containsExactly(
            new DrmSignaling(
                DrmSystem.WIDEVINE.systemId(),
                KID_1,
                null,
                "<a/>",
                null,
                "#EXT-X-SESSION-KEY:X",
                null,
                new SignalingDetails(null, "HW_SECURE_ALL", "a", null, null)));
    assertThat(document.keyPeriods())
        .containsExactly(
            new KeyPeriod("p", null, null, null, "l", Duration.ZERO, null, Duration.ofHours(1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<cpix:LanguageFilter lang='de'/>",
        "<v:RegionFilter xmlns:v='urn:v'/>",
        "<cpix:AudioFilter language='de'/>",
        "<cpix:VideoFilter v:x='1' xmlns:v='urn:v'/>"
      })
  void read_unknownFilter_makesTheRuleUnusable(String filter) {
    String text =
        Resources.text("clear.xml")
            .replace("<cpix:AudioFilter minChannels=\"1\" maxChannels=\"2\"/>", filter);
    List<UsageRule> rules = CpixReader.read(text.getBytes(UTF_8)).usageRules();
    assertThat(rules).extracting(UsageRule::usable).containsExactly(true, false);
  }

  @Test
  void read_schemaInstanceAttributes_areNoUnknownFilter() {
    String text =
        Resources.text("clear.xml")
            .replace(
                "<cpix:AudioFilter ",
                "<cpix:AudioFilter xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"
                    + " xsi:type='cpix:AudioFilterType' ");
    assertThat(CpixReader.read(text.getBytes(UTF_8))).isEqualTo(CLEAR);
  }

  @Test
  void read_placeholders_areEmptyValues() {
    String text =
        Resources.text("clear.xml")
            .replaceAll(
                "(<cpix:(PSSH|[A-Za-z]*Data)( playlist=\"[a-z]+\")?)>[^<\\s]+</[^>]+>", "$1/>");
    assertThat(CpixReader.read(text.getBytes(UTF_8)).drmSystems())
        .containsExactly(
            new DrmSignaling(DrmSystem.WIDEVINE.systemId(), KID_1, Bytes.empty(), "", "", "", ""));
  }

  /** In a class loader of its own, since JAXB is looked for only once. */
  @Test
  void read_threadWhoseClassLoaderKnowsNothing_findsJaxb() throws Exception {
    List<URL> classPath = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      classPath.add(Path.of(entry).toUri().toURL());
    }
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader ours = new URLClassLoader(classPath.toArray(new URL[0]), platform)) {
      Thread.currentThread().setContextClassLoader(platform);
      Object read =
          ours.loadClass(CpixReader.class.getName())
              .getMethod("read", byte[].class)
              .invoke(null, Resources.bytes("clear.xml"));
      assertThat(read).hasToString(CLEAR.toString());
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  @Test
  void read_minimalDocument_isEmpty() {
    byte[] xml = "<CPIX xmlns='urn:dashif:org:cpix'><DeliveryDataList/></CPIX>".getBytes(UTF_8);
    assertThat(CpixReader.read(xml))
        .isEqualTo(
            new CpixDocument(null, null, List.of(), List.of(), List.of(), List.of(), List.of()));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void read_oneChange_saysWhatAndWhere(Refused refused) {
    String text = Resources.text("clear.xml");
    assertThat(text).as(refused.id).contains(refused.replace);
    byte[] xml =
        text.replaceFirst(
                java.util.regex.Pattern.quote(refused.replace),
                java.util.regex.Matcher.quoteReplacement(refused.with))
            .getBytes(UTF_8);
    assertThatThrownBy(() -> CpixReader.read(xml))
        .as(refused.id)
        .asInstanceOf(type(DrmException.class))
        .satisfies(
            e -> {
              assertThat(e.code()).isEqualTo(refused.error);
              assertThat(e.blame())
                  .isEqualTo(
                      refused.error.endsWith("-unsupported") || refused.error.endsWith("-lines")
                          ? Blame.UNSUPPORTED
                          : Blame.CALLER);
              assertThat(e.problem()).contains(refused.place);
              assertThat(e).hasMessageNotContaining("EBESExQV");
              assertThat(e).hasNoCause();
            });
  }

  static Stream<Refused> refused() throws IOException {
    return Stream.of(
        new ObjectMapper().readValue(Resources.bytes("refused.json"), Refused[].class));
  }

  record Refused(String id, String replace, String with, String error, String place) {
    @Override
    public String toString() {
      return id;
    }
  }

  @Test
  void filterOrder_isTheSchemas() {
    assertThat(CpixReader.read(Resources.bytes("clear.xml")).usageRules().get(0).filters())
        .extracting(Filter::getClass)
        .extracting(Class::getSimpleName)
        .containsExactly("KeyPeriodFilter", "LabelFilter", "VideoFilter", "BitrateFilter");
  }
}
