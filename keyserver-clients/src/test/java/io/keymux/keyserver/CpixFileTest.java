package io.keymux.keyserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.Filter.VideoFilter;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyPeriod;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.Track;
import io.keymux.cpix.TrackKeys;
import io.keymux.cpix.TrackType;
import io.keymux.cpix.UsageRule;
import io.keymux.keyserver.speke.Leaks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CpixFileTest {
  private static final String KID = "0f083e4e-b831-4a3d-917e-ce78076e54aa";
  private static final String KEY = "deb5a81d86ac42e6cee876c91ab1ad2f";
  private static final String KEY_1 =
      "<ContentKey kid='"
          + KID
          + "' commonEncryptionScheme='cbcs'><Data><p:Secret><p:PlainValue>3rWoHYasQubO6HbJGrGtLw==</p:PlainValue></p:Secret></Data></ContentKey>";
  private static final String KEY_2 =
      "<ContentKey kid='1f083e4e-b831-4a3d-917e-ce78076e54aa'><Data><p:Secret><p:PlainValue>AAECAwQFBgcICQoLDA0ODw==</p:PlainValue></p:Secret></Data></ContentKey>";
  private static final String ROTATION =
      "<ContentKeyPeriodList><ContentKeyPeriod id='a' index='1'/><ContentKeyPeriod id='b'"
          + " index='2'/></ContentKeyPeriodList><ContentKeyUsageRuleList><ContentKeyUsageRule kid='"
          + KID
          + "'><KeyPeriodFilter periodId='a'/></ContentKeyUsageRule><ContentKeyUsageRule"
          + " kid='1f083e4e-b831-4a3d-917e-ce78076e54aa'><KeyPeriodFilter periodId='b'/>"
          + "</ContentKeyUsageRule></ContentKeyUsageRuleList>";
  private static final KeyRequest REQUEST =
      new KeyRequest(
          "movie-1",
          ProtectionScheme.CBCS,
          Set.of(DrmSystem.WIDEVINE),
          List.of(
              new UsageRule(
                  KeyId.parse("aaaaaaaa-0000-4000-8000-000000000001"), "ALL", List.of())));

  @TempDir Path folder;

  @Test
  void exchange_documentWithRules_usesItsOwnRulesAndContentId() throws IOException {
    Path file =
        write(
            KEY_1,
            "<ContentKeyUsageRuleList><ContentKeyUsageRule kid='"
                + KID
                + "' intendedTrackType='HD'><VideoFilter minPixels='589825'/></ContentKeyUsageRule></ContentKeyUsageRuleList>");

    CpixDocument document = CpixFile.of(file).exchange(REQUEST);

    assertThat(document.contentId()).isEqualTo("another-name");
    assertThat(document.usageRules())
        .containsExactly(
            new UsageRule(KeyId.parse(KID), "HD", List.of(VideoFilter.pixels(589_825L, null))));
    assertThat(document.contentKeys().get(0).value().reveal())
        .isEqualTo(HexFormat.of().parseHex(KEY));
  }

  @Test
  void exchange_oneKeyWithoutRule_servesAllTracks() throws IOException {
    CpixDocument document = CpixFile.of(write(KEY_1, "")).exchange(REQUEST);

    assertThat(document.usageRules())
        .containsExactly(new UsageRule(KeyId.parse(KID), "", List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|cpix-file-key-missing|has no content key",
        "<ContentKey kid='" + KID + "'/>|cpix-file-key-missing|has no value for KID [" + KID + "]",
        KEY_1 + KEY_2 + "|cpix-file-without-rules|has 2 keys and no usage rule",
      },
      quoteCharacter = '`')
  void exchange_unusableDocument_isRefused(String keys, String code, String message)
      throws IOException {
    Path file = write(keys.equals("''") ? "" : keys, "");

    DrmException error =
        catchThrowableOfType(DrmException.class, () -> CpixFile.of(file).exchange(REQUEST));

    assertThat(error.code()).isEqualTo(code);
    assertThat(error).hasMessageContaining(message);
    Leaks.assertNone(error, KEY);
  }

  @Test
  void exchange_keyForAnotherScheme_isRefused() throws IOException {
    Path file = write(KEY_1.replace("cbcs", "cenc"), "");

    DrmException error =
        catchThrowableOfType(DrmException.class, () -> CpixFile.of(file).exchange(REQUEST));

    assertThat(error.code()).isEqualTo("cpix-file-wrong-scheme");
    assertThat(error).hasMessageContaining("is for cenc, the job is for cbcs");
  }

  @ParameterizedTest
  @CsvSource({"1, " + KID, "2, 1f083e4e-b831-4a3d-917e-ce78076e54aa"})
  void exchange_period_takesItsKeyAlone(long index, String kid) throws IOException {
    CpixDocument document =
        CpixFile.of(write(KEY_1 + KEY_2, ROTATION))
            .exchange(REQUEST.during(KeyPeriod.numbered(index)));

    assertThat(document.contentKeys()).extracting(ContentKey::id).containsExactly(KeyId.parse(kid));
    assertThat(document.usageRules())
        .extracting(UsageRule::keyId)
        .containsExactly(KeyId.parse(kid));
    assertThat(document.keyPeriods()).extracting(KeyPeriod::index).containsExactly(index);
  }

  @ParameterizedTest
  @CsvSource({"3, true, a (number 1)", "1, false, it has none"})
  void exchange_periodThatIsNotThere_isRefused(long index, boolean rotating, String message)
      throws IOException {
    Path file = write(rotating ? KEY_1 + KEY_2 : KEY_1, rotating ? ROTATION : "");

    DrmException error =
        catchThrowableOfType(
            DrmException.class,
            () -> CpixFile.of(file).exchange(REQUEST.during(KeyPeriod.numbered(index))));

    assertThat(error.code()).isEqualTo("unknown-key-period");
    assertThat(error.problem().replace("\"", "")).contains(message);
  }

  /** Filters of a document look at what was measured; presets of key servers do not go so far. */
  @ParameterizedTest
  @CsvSource({
    "25, true, " + KID,
    "50, true, 1f083e4e-b831-4a3d-917e-ce78076e54aa",
    "25, false, ",
    "24, true, "
  })
  void exchange_rulesByFrameRateAndDynamicRange_resolveByWhatIsMeasured(
      double fps, boolean hdr, @Nullable String kid) throws IOException {
    Path file =
        write(
            KEY_1 + KEY_2,
            "<ContentKeyUsageRuleList><ContentKeyUsageRule kid='"
                + KID
                + "'><VideoFilter hdr='true' minFps='24' maxFps='30'/></ContentKeyUsageRule>"
                + "<ContentKeyUsageRule kid='1f083e4e-b831-4a3d-917e-ce78076e54aa'>"
                + "<VideoFilter hdr='true' minFps='30'/></ContentKeyUsageRule>"
                + "</ContentKeyUsageRuleList>");
    Track track =
        new Track(
            "v", TrackType.VIDEO, Set.of("v"), "und", "", 1, 1920, 1080, fps, hdr, false, 0, 0);
    CpixDocument document = CpixFile.of(file).exchange(REQUEST);

    if (kid == null) {
      assertThat(
              catchThrowableOfType(
                      DrmException.class,
                      () -> TrackKeys.resolve(document, List.of(track), Set.of()))
                  .code())
          .isEqualTo("no-usage-rule");
    } else {
      assertThat(TrackKeys.resolve(document, List.of(track), Set.of()).assignments())
          .extracting(TrackKeys.Assignment::key)
          .containsExactly(document.contentKey(KeyId.parse(kid)).orElseThrow());
    }
  }

  /** A root key is for licences; its value may stay with the licence server. */
  @Test
  void exchange_rootKeyWithoutValue_isEnoughForItsLeaf() throws IOException {
    String root = "1f083e4e-b831-4a3d-917e-ce78076e54aa";
    Path file =
        write(
            "<ContentKey kid='"
                + root
                + "' commonEncryptionScheme='cbcs'/>"
                + KEY_1.replace("commonEncryptionScheme='cbcs'", "dependsOnKey='" + root + "'"),
            "<ContentKeyUsageRuleList><ContentKeyUsageRule kid='"
                + KID
                + "'/></ContentKeyUsageRuleList>");
    Track track =
        new Track(
            "v", TrackType.VIDEO, Set.of("v"), "und", "", 1, 1920, 1080, 25, false, false, 0, 0);

    CpixDocument document = CpixFile.of(file).exchange(REQUEST);

    assertThat(TrackKeys.resolve(document, List.of(track), Set.of()).assignments())
        .extracting(TrackKeys.Assignment::rootKeyId)
        .containsExactly(KeyId.parse(root));
  }

  @Test
  void exchange_noSuchFile_isRefused() {
    Path missing = folder.resolve("missing.xml");

    DrmException error =
        catchThrowableOfType(DrmException.class, () -> CpixFile.of(missing).exchange(REQUEST));

    assertThat(error.code()).isEqualTo("cpix-file-unreadable");
    assertThat(error).hasMessageContaining("missing.xml");
  }

  private Path write(String keys, String rest) throws IOException {
    String xml =
        "<CPIX xmlns='urn:dashif:org:cpix' xmlns:p='urn:ietf:params:xml:ns:keyprov:pskc'"
            + " contentId='another-name'>"
            + (keys.isEmpty() ? "" : "<ContentKeyList>" + keys + "</ContentKeyList>")
            + rest
            + "</CPIX>";
    return Files.write(folder.resolve("keys.xml"), xml.getBytes(UTF_8));
  }
}
