package io.keymux.keyserver.speke;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.keymux.cpix.DrmSystem.FAIRPLAY;
import static io.keymux.cpix.DrmSystem.PLAYREADY;
import static io.keymux.cpix.DrmSystem.WIDEVINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.http.Request;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.UsageRule;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.keyserver.speke.VendorFaults.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Key servers that are not SPEKE to the letter: what they are asked, and what they may answer. */
class VendorTest {
  @RegisterExtension static final SpekeServer server = new SpekeServer();

  static Stream<Arguments> requests() {
    return Vendor.ALL.stream()
        .flatMap(vendor -> Stream.of("one", "several").map(count -> Arguments.of(vendor, count)));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void exchange_request_isWhatTheVendorTakes(Vendor vendor, String count) throws Exception {
    KeyRequest request = request(count);
    answers(VendorAnswer.to(vendor, request).xml());

    client(vendor).exchange(request);

    Request sent = server.received().get(0);
    assertThat(sent.getHeader("Content-Type")).isEqualTo(vendor.dialect().contentType());
    assertThat(sent.getHeader("X-Speke-Version"))
        .isEqualTo(vendor.equals(Vendor.NO_ECHO) ? "2.0" : null);
    assertThat(sent.getBodyAsString().replace("><", ">\n<") + "\n")
        .isEqualTo(golden(vendor, count, sent.getBodyAsString()));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void exchange_goodAnswer_isMappedBack(Vendor vendor, String count) throws Exception {
    KeyRequest request = request(count);
    answers(VendorAnswer.to(vendor, request).xml());

    CpixDocument document = client(vendor).exchange(request);

    List<KeyId> kids = request.keyIds().stream().map(vendor::kid).toList();
    assertThat(document.contentKeys()).extracting(ContentKey::id).isEqualTo(kids);
    assertThat(document.usageRules())
        .isEqualTo(request.rules().stream().map(r -> r.withKeyId(vendor.kid(r.keyId()))).toList());
    for (int i = 0; i < kids.size(); i++) {
      assertThat(HexFormat.of().formatHex(document.contentKeys().get(i).value().reveal()))
          .isEqualTo(SpekeAnswer.key(i + 1));
      List<DrmSignaling> signaling = document.signaling(kids.get(i));
      assertThat(signaling)
          .extracting(DrmSignaling::system)
          .containsExactly(WIDEVINE, PLAYREADY, FAIRPLAY);
      assertWhole(signaling, kids.get(i));
    }
  }

  private static void assertWhole(List<DrmSignaling> signaling, KeyId kid) {
    for (DrmSignaling system : signaling.subList(0, 2)) {
      assertThat(system.pssh()).isNotNull();
      assertThat(system.contentProtection()).isNotBlank();
    }
    assertThat(signaling.get(2).pssh()).isNull();
    assertThat(signaling)
        .allSatisfy(
            system -> {
              assertThat(system.hlsMedia()).startsWith("#EXT-X-KEY:METHOD=SAMPLE-AES,URI=");
              assertThat(system.hlsMultivariant())
                  .startsWith("#EXT-X-SESSION-KEY:METHOD=SAMPLE-AES,URI=");
            });
    assertThat(signaling.get(2).hlsMedia()).contains("URI=\"skd://keys.example/" + kid + "\"");
  }

  static Stream<Arguments> faults() {
    return requests()
        .flatMap(
            arguments ->
                VendorFaults.all()
                    .filter(fault -> applies(fault, arguments.get()))
                    .map(fault -> Arguments.of(arguments.get()[0], arguments.get()[1], fault)));
  }

  private static boolean applies(Fault fault, Object[] arguments) {
    // Where KIDs are kept they tell which key is whose, without any rule.
    boolean told = fault.name().equals("no rules") && arguments[0].equals(Vendor.SIGMA);
    return !told && (!fault.several() || arguments[1].equals("several"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void exchange_fault_isRefusedAndNamed(Vendor vendor, String count, Fault fault) {
    KeyRequest request = request(count);
    VendorAnswer answer = VendorAnswer.to(vendor, request);
    String good = answer.xml();
    fault.change().accept(answer);
    assertThat(answer.xml()).isNotEqualTo(good);
    answers(answer.xml());

    KeyExchangeException error =
        catchThrowableOfType(KeyExchangeException.class, () -> client(vendor).exchange(request));

    assertThat(error).as("%s was not found", fault).isNotNull();
    assertThat(error.code()).isEqualTo("key-response-invalid");
    assertThat(error)
        .hasMessageContaining(fault.found())
        .hasNoCause()
        .hasMessageNotContaining(SpekeServer.PATH_SECRET)
        .hasMessageNotContaining(SpekeServer.QUERY_SECRET);
    KeyId named = fault.named().apply(answer);
    if (named != null) {
      assertThat(error).hasMessageContaining(named.toString());
    }
    Leaks.assertNone(error, SpekeAnswer.keys(request));
    assertThat(server.received()).hasSize(1);
  }

  private static SpekeClient client(Vendor vendor) {
    return server.builder().dialect(vendor.dialect()).build();
  }

  private static void answers(String xml) {
    server.answers(aResponse().withStatus(200).withBody(xml));
  }

  private static KeyRequest request(String count) {
    List<UsageRule> rules = count.equals("one") ? Requests.shared() : Requests.perType();
    return Requests.of(rules, Vendor.systems());
  }

  /** With {@code -Dgolden.update=true} the file is written anew, and the test fails once. */
  private static String golden(Vendor vendor, String count, String sent) throws IOException {
    Path file =
        Path.of("src/test/resources/io/keymux/keyserver/speke")
            .resolve(vendor.name() + "-" + count + ".xml");
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, sent.replace("><", ">\n<") + "\n");
      return "written anew";
    }
    return Files.readString(file);
  }
}
