package io.keymux.cpix.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.Filter;
import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.BitrateFilter;
import io.keymux.cpix.Filter.KeyPeriodFilter;
import io.keymux.cpix.Filter.LabelFilter;
import io.keymux.cpix.Filter.VideoFilter;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyPeriod;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.RequestedKey;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.UsageRule;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CpixWriterTest {

  /** A document with a bit of everything, different for each seed. */
  private static final class Generated {
    private final Random random;

    Generated(int seed) {
      random = new Random(seed);
    }

    CpixDocument document() {
      List<ContentKey> keys = list(4, () -> new ContentKey(keyId(), key(), scheme(), iv()));
      List<RequestedKey> requested = list(4, () -> new RequestedKey(keyId(), scheme(), iv()));
      List<KeyId> keyIds = new ArrayList<>();
      keys.forEach(key -> keyIds.add(key.id()));
      requested.forEach(key -> keyIds.add(key.id()));
      List<KeyPeriod> periods =
          IntStream.range(0, random.nextInt(3))
              .mapToObj(i -> new KeyPeriod("p" + i, (long) i, time(), time()))
              .toList();
      boolean bare = keyIds.isEmpty();
      return new CpixDocument(
          maybe(() -> "asset <&> \"" + random.nextInt()),
          "2.3",
          keys,
          requested,
          bare ? List.of() : list(4, () -> signaling(one(keyIds))),
          periods,
          bare ? List.of() : list(5, () -> rule(one(keyIds), periods)));
    }

    private DrmSignaling signaling(KeyId keyId) {
      return new DrmSignaling(
          new UUID(random.nextLong(), random.nextLong()),
          keyId,
          maybe(() -> Bytes.copyOf(bytes(random.nextInt(40)))),
          maybe(() -> random.nextBoolean() ? "" : "<a b=\"ü\">" + random.nextInt() + "</a><c/>"),
          maybe(() -> random.nextBoolean() ? "" : "#EXT-X-KEY:URI=\"é" + random.nextInt() + "\""),
          maybe(() -> random.nextBoolean() ? "" : "#EXT-X-SESSION-KEY:" + random.nextInt()),
          maybe(() -> random.nextBoolean() ? "" : Bytes.copyOf(bytes(9)).toBase64()));
    }

    private UsageRule rule(KeyId keyId, List<KeyPeriod> periods) {
      List<Filter> filters = new ArrayList<>();
      if (!periods.isEmpty()) {
        filters.addAll(list(2, () -> new KeyPeriodFilter(one(periods).id())));
      }
      filters.addAll(list(2, () -> new LabelFilter(" label\t\n" + random.nextInt())));
      filters.addAll(
          list(
              2,
              () ->
                  new VideoFilter(
                      u32(), u32(), u32(), u32(), maybe(() -> true), maybe(() -> false))));
      filters.addAll(list(2, () -> new AudioFilter(maybe(() -> 1), maybe(() -> 6))));
      filters.addAll(list(2, () -> new BitrateFilter(u32(), 4_294_967_295L)));
      return new UsageRule(keyId, random.nextBoolean() ? "" : "SD+HD1", filters);
    }

    private @Nullable Long u32() {
      return maybe(() -> random.nextLong() >>> 32);
    }

    private KeyId keyId() {
      return KeyId.ofBytes(bytes(16));
    }

    private SecretBytes key() {
      return SecretBytes.copyOf(bytes(16));
    }

    private @Nullable ProtectionScheme scheme() {
      return maybe(() -> one(List.of(ProtectionScheme.values())));
    }

    private @Nullable Bytes iv() {
      return maybe(() -> Bytes.copyOf(bytes(16)));
    }

    private @Nullable OffsetDateTime time() {
      return maybe(
          () ->
              Instant.ofEpochSecond(random.nextInt() & 0x7fff_ffffL, random.nextInt(1_000_000_000))
                  .atOffset(ZoneOffset.ofHours(random.nextInt(28) - 14)));
    }

    private byte[] bytes(int size) {
      byte[] bytes = new byte[size];
      random.nextBytes(bytes);
      return bytes;
    }

    private <T> T one(List<T> list) {
      return list.get(random.nextInt(list.size()));
    }

    private <T> @Nullable T maybe(Supplier<T> value) {
      return random.nextBoolean() ? value.get() : null;
    }

    private <T> List<T> list(int limit, Supplier<T> item) {
      return IntStream.range(0, random.nextInt(limit)).mapToObj(i -> item.get()).toList();
    }
  }

  static List<CpixDocument> generated() {
    return IntStream.range(0, 300).mapToObj(seed -> new Generated(seed).document()).toList();
  }

  @Test
  void writeThenRead_generatedDocuments_areEqual() {
    for (CpixDocument document : generated()) {
      assertThat(CpixReader.read(CpixWriter.write(document))).isEqualTo(document);
    }
  }

  @Test
  void write_generatedDocuments_areValidCpix23() {
    OfficialSchemas schema = OfficialSchemas.of("2.3");
    for (CpixDocument document : generated()) {
      assertThat(schema.errors(CpixWriter.write(document))).isEmpty();
    }
    byte[] broken =
        new String(CpixWriter.write(generated().get(3)), UTF_8)
            .replace("</cpix:CPIX>", "<cpix:X/></cpix:CPIX>")
            .getBytes(UTF_8);
    assertThat(schema.errors(broken)).isNotEmpty();
  }

  @Test
  void write_emptyDocument_declaresBothNamespacesAtTheRoot() {
    assertThat(
            text(
                new CpixDocument(
                    null, null, List.of(), List.of(), List.of(), List.of(), List.of())))
        .isEqualTo(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><cpix:CPIX"
                + " xmlns:cpix=\"urn:dashif:org:cpix\""
                + " xmlns:pskc=\"urn:ietf:params:xml:ns:keyprov:pskc\" version=\"2.3\"/>");
  }

  @Test
  void write_request_hasEmptyElementsForWhatIsAskedFor() {
    KeyId keyId = KeyId.parse("00000000-0000-8000-8000-000000000001");
    UUID system = UUID.fromString("edef8ba9-79d6-4ace-a3c8-27dcd51d21ed");
    CpixDocument request =
        new CpixDocument(
            "asset-1",
            "2.3",
            List.of(),
            List.of(new RequestedKey(keyId, ProtectionScheme.CENC, null)),
            List.of(new DrmSignaling(system, keyId, Bytes.empty(), "", "", "", null)),
            List.of(),
            List.of(new UsageRule(keyId, "ALL", List.of(VideoFilter.ANY, AudioFilter.ANY))));
    assertThat(text(request))
        .endsWith(
            "contentId=\"asset-1\" version=\"2.3\">"
                + "<cpix:ContentKeyList><cpix:ContentKey commonEncryptionScheme=\"cenc\""
                + " kid=\"00000000-0000-8000-8000-000000000001\"/></cpix:ContentKeyList>"
                + "<cpix:DRMSystemList><cpix:DRMSystem"
                + " kid=\"00000000-0000-8000-8000-000000000001\""
                + " systemId=\"edef8ba9-79d6-4ace-a3c8-27dcd51d21ed\"><cpix:PSSH/>"
                + "<cpix:ContentProtectionData/><cpix:HLSSignalingData playlist=\"media\"/>"
                + "<cpix:HLSSignalingData playlist=\"master\"/></cpix:DRMSystem>"
                + "</cpix:DRMSystemList><cpix:ContentKeyUsageRuleList><cpix:ContentKeyUsageRule"
                + " intendedTrackType=\"ALL\" kid=\"00000000-0000-8000-8000-000000000001\">"
                + "<cpix:VideoFilter/><cpix:AudioFilter/></cpix:ContentKeyUsageRule>"
                + "</cpix:ContentKeyUsageRuleList></cpix:CPIX>");
  }

  @Test
  void write_response_hasPrefixedPlainValue() {
    String text = text(CpixReader.read(Resources.bytes("clear.xml")));
    assertThat(text)
        .contains(
            "<cpix:Data><pskc:Secret><pskc:PlainValue>EBESExQVFhcYGRobHB0eHw==</pskc:PlainValue>"
                + "</pskc:Secret></cpix:Data>")
        .containsOnlyOnce("xmlns:pskc=");
  }

  @Test
  void write_filters_areInSchemaOrder() {
    KeyId keyId = KeyId.parse("00000000-0000-8000-8000-000000000001");
    CpixDocument document =
        new CpixDocument(
            null,
            null,
            List.of(),
            List.of(new RequestedKey(keyId, null, null)),
            List.of(),
            List.of(),
            List.of(
                new UsageRule(
                    keyId,
                    "",
                    List.of(new BitrateFilter(1L, null), VideoFilter.ANY, new LabelFilter("x")))));
    assertThat(text(document))
        .contains(
            "<cpix:LabelFilter label=\"x\"/><cpix:VideoFilter/><cpix:BitrateFilter"
                + " minBitrate=\"1\"/>");
  }

  @Test
  void write_unusableRule_isRefused() {
    KeyId keyId = KeyId.parse("00000000-0000-8000-8000-000000000001");
    CpixDocument document =
        CpixDocument.ofKeys(null, List.of(), List.of(new UsageRule(keyId, "", List.of(), false)));
    assertThatThrownBy(() -> CpixWriter.write(document))
        .asInstanceOf(type(DrmException.class))
        .extracting(DrmException::code)
        .isEqualTo("cpix-rule-unwritable");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000", "\ud83d"})
  void write_contentIdThatXmlCannotCarry_isRefused(String contentId) {
    CpixDocument document = CpixDocument.ofKeys(contentId, List.of(), List.of());
    assertThatThrownBy(() -> CpixWriter.write(document))
        .asInstanceOf(type(InvalidXmlException.class))
        .satisfies(
            e -> {
              assertThat(e.code()).isEqualTo("xml-unwritable-text");
              assertThat(e.problem()).contains("/cpix:CPIX/@contentId");
            });
  }

  private static String text(CpixDocument document) {
    return new String(CpixWriter.write(document), UTF_8);
  }
}
