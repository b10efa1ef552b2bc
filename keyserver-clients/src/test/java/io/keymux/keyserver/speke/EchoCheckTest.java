package io.keymux.keyserver.speke;

import static io.keymux.keyserver.speke.AnswerEdits.FP;
import static io.keymux.keyserver.speke.AnswerEdits.GOOD;
import static io.keymux.keyserver.speke.AnswerEdits.IV;
import static io.keymux.keyserver.speke.AnswerEdits.KEY_1;
import static io.keymux.keyserver.speke.AnswerEdits.REQUEST;
import static io.keymux.keyserver.speke.AnswerEdits.contentKey;
import static io.keymux.keyserver.speke.AnswerEdits.drmSystem;
import static io.keymux.keyserver.speke.AnswerEdits.line;
import static io.keymux.keyserver.speke.AnswerEdits.media;
import static io.keymux.keyserver.speke.Requests.A;
import static io.keymux.keyserver.speke.Requests.B;
import static io.keymux.keyserver.speke.SpekeAnswer.base64;
import static io.keymux.keyserver.speke.Violation.swap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSignaling;
import io.keymux.keyserver.http.KeyExchangeException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A good answer with one change each, sent over HTTP: every change is found and named. */
class EchoCheckTest {
  @RegisterExtension static final SpekeServer server = new SpekeServer();

  @ParameterizedTest
  @MethodSource("io.keymux.keyserver.speke.Violations#all")
  void exchange_violation_isRefusedAndNamed(Violation violation) {
    String changed = violation.change().apply(GOOD);
    assertThat(changed).isNotEqualTo(GOOD);
    server.answersOk(changed);

    KeyExchangeException error =
        catchThrowableOfType(KeyExchangeException.class, () -> server.client().exchange(REQUEST));

    assertThat(error).as("%s was not found", violation).isNotNull();
    assertThat(error.code()).isEqualTo("key-response-invalid");
    assertThat(error.blame()).isEqualTo(DrmException.Blame.UPSTREAM);
    assertThat(error.retryable()).isFalse();
    assertThat(error).hasMessageContaining(violation.found()).hasNoCause();
    Leaks.assertNone(error, SpekeAnswer.keys(REQUEST));
    assertThat(server.received()).hasSize(1);
  }

  @Test
  void exchange_unchangedAnswer_isAccepted() {
    server.answersOk(GOOD);

    assertThatCode(() -> server.client().exchange(REQUEST)).doesNotThrowAnyException();
  }

  /** What a good server may do. */
  static Stream<Violation> liberties() {
    String first = contentKey(1);
    return Stream.of(
        swap("no explicit IV", "", " explicitIV=\"" + IV + "\"", ""),
        new Violation(
            "keys in another order",
            "",
            xml ->
                xml.replace(first, "")
                    .replace("</cpix:ContentKeyList>", first + "</cpix:ContentKeyList>")),
        swap("upper case KIDs", "", A.toString(), A.toString().toUpperCase(Locale.ROOT)),
        swap(
            "empty PSSH for FairPlay",
            "",
            drmSystem(B, FP),
            drmSystem(B, FP).replaceFirst("<cpix:HLS", "<cpix:PSSH/><cpix:HLS")),
        swap("line break after a line", "", media(B), base64(line("#EXT-X-KEY:", B) + "\r\n")),
        swap("other prefixes", "", "pskc:", "k:"),
        swap(
            "white space in base64",
            "",
            KEY_1,
            "\n  " + KEY_1.substring(0, 10) + "\n" + KEY_1.substring(10)),
        swap("id attributes", "", "<cpix:ContentKey ", "<cpix:ContentKey id=\"k\" "));
  }

  @ParameterizedTest
  @MethodSource("liberties")
  void exchange_liberty_isAccepted(Violation liberty) throws Exception {
    String changed =
        liberty
            .change()
            .apply(GOOD)
            .replace(
                "xmlns:pskc", liberty.name().equals("other prefixes") ? "xmlns:k" : "xmlns:pskc");
    assertThat(changed).isNotEqualTo(GOOD);
    server.answersOk(changed);

    CpixDocument document = server.client().exchange(REQUEST);

    assertThat(document.usageRules()).isEqualTo(REQUEST.rules());
    assertThat(document.contentKeys()).hasSize(2);
    assertThat(HexFormat.of().formatHex(document.contentKeys().get(0).value().reveal()))
        .isEqualTo(SpekeAnswer.key(1));
    DrmSignaling fairPlay = document.signaling(B).get(2);
    assertThat(fairPlay.pssh()).isNull();
    assertThat(fairPlay.hlsMedia()).isEqualTo(line("#EXT-X-KEY:", B));
  }
}
