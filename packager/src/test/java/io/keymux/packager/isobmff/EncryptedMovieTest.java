package io.keymux.packager.isobmff;

import static io.keymux.packager.isobmff.TestMovie.box;
import static io.keymux.packager.isobmff.TestMovie.flagged;
import static io.keymux.packager.isobmff.TestMovie.full;
import static io.keymux.packager.isobmff.TestMovie.join;
import static io.keymux.packager.isobmff.TestMovie.u16;
import static io.keymux.packager.isobmff.TestMovie.u32;
import static io.keymux.packager.isobmff.TestMovie.u64;
import static io.keymux.packager.isobmff.TestMovie.visualEntry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code moov} says of encrypted samples. */
class EncryptedMovieTest {
  private static final String KID = "31323334353637383930313233343536";
  private static final byte[] AVCC = box("avcC", u32(1));
  private static final byte[] IVS = u64(1, 2, 3, 4, 5, 6);

  @Test
  void read_senc_ivAndSubsamplesOfEachSample() {
    byte[] entries = {};
    for (int i = 0; i < TestMovie.SAMPLES; i++) {
      entries = join(entries, u64(i), u16(2, 3), u32(4), u16(1), u32(2));
    }
    MediaTrack track = encrypted("cenc", 8).with(flagged("senc", 0, 2, u32(6), entries)).track();
    SampleProtection protection = Objects.requireNonNull(track.protection());
    assertThat(track.entry().format()).isEqualTo("avc1");
    assertThat(track.entry().children())
        .extracting(SampleEntry.Child::type)
        .containsExactly("avcC");
    assertThat(protection.settings()).hasSize(1);
    assertThat(Objects.requireNonNull(protection.setting(5)).keyId()).isEqualTo(KeyId.parse(KID));
    byte[] iv = new byte[16];
    protection.iv(5, iv);
    assertThat(HexFormat.of().formatHex(iv)).isEqualTo("00000000000000050000000000000000");
    assertThat(protection.subsamples(5)).isEqualTo(2);
    assertThat(protection.clearBytes(5, 0)).isEqualTo(3);
    assertThat(protection.protectedBytes(5, 0)).isEqualTo(4);
    assertThat(protection.protectedBytes(5, 1)).isEqualTo(2);
  }

  /** The IVs lie in the media: in one run, or in one for each chunk. */
  @Test
  void read_auxiliaryInformationOnly_sameAsSenc() {
    byte[] saiz = full("saiz", 0, new byte[] {8}, u32(6));
    int at = TestMovie.DATA;
    for (byte[] saio : List.of(u32(1, at), u32(3, at, at + 16, at + 32))) {
      TestMovie movie = encrypted("cenc", 8).with(saiz).with(full("saio", 0, saio));
      byte[] file = movie.toBytes();
      System.arraycopy(IVS, 0, file, at, IVS.length);
      MediaTrack track = MovieReader.read(MemorySource.of(file)).tracks().get(0);
      byte[] iv = new byte[16];
      Objects.requireNonNull(track.protection()).iv(3, iv);
      assertThat(iv[7]).isEqualTo((byte) 4);
      assertThat(track.protection().subsamples(3)).isZero();
    }
  }

  @Test
  void read_clearLead_oneEntryThoughBitRatesDiffer() {
    byte[] clear = visualEntry("avc1", AVCC, box("btrt", u32(1, 2, 3)));
    byte[] encrypted = visualEntry("encv", AVCC, box("btrt", u32(4, 5, 6)), sinf("cbcs", 0));
    MediaTrack track =
        new TestMovie()
            .with(full("stsd", 0, u32(2), clear, encrypted))
            .with(full("stsc", 0, u32(2, 1, 2, 1, 2, 2, 2)))
            .track();
    SampleProtection protection = Objects.requireNonNull(track.protection());
    assertThat(protection.setting(1)).isNull();
    assertThat(Objects.requireNonNull(protection.setting(2)).constantIv()).isNotNull();
    assertThat(track.entry().format()).isEqualTo("avc1");
  }

  /** Group 1 has another key, group 2 none; the others have the default. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void read_keyGroups_keysOfTheirSamples(boolean compact) {
    byte[] other = tenc("61626364656667686970717273747576", 1, 0);
    byte[] none = tenc(KID, 0, 0);
    byte[] sgpd =
        full("sgpd", 1, text("seig"), u32(0, 2, other.length), other, u32(none.length), none);
    byte[] sbgp = full("sbgp", 0, text("seig"), u32(3, 2, 0, 2, 1, 1, 2));
    byte[] csgp = full("csgp", 0, text("seig"), u32(1), new byte[] {0x66, 0x00, 0x11, 0x20});
    MediaTrack track = encrypted("cbcs", 0).with(sgpd).with(compact ? csgp : sbgp).track();
    SampleProtection protection = Objects.requireNonNull(track.protection());
    assertThat(protection.settings()).hasSize(2);
    assertThat(Objects.requireNonNull(protection.setting(1)).keyId()).isEqualTo(KeyId.parse(KID));
    assertThat(Objects.requireNonNull(protection.setting(2)).keyId().toHex()).startsWith("6162");
    assertThat(protection.setting(4)).isNull();
    assertThat(Objects.requireNonNull(protection.setting(5)).keyId()).isEqualTo(KeyId.parse(KID));
  }

  static Stream<Arguments> refused() {
    byte[] tooLong = new byte[0];
    for (int i = 0; i < 6; i++) {
      tooLong = join(tooLong, u64(i), u16(1, 3), u32(90));
    }
    return Stream.of(
        Arguments.of("malformed-mp4", "without an IV", encrypted("cenc", 8)),
        Arguments.of("malformed-mp4", "IVs of 7 bytes", encrypted("cenc", 7)),
        Arguments.of(
            "malformed-mp4",
            "senc has 5 entries for 6",
            encrypted("cenc", 8).with(full("senc", 0, u32(5), IVS))),
        Arguments.of(
            "malformed-mp4",
            "subsamples of 93 bytes in a sample of 10",
            encrypted("cenc", 8).with(flagged("senc", 0, 2, u32(6), tooLong))),
        Arguments.of(
            "malformed-mp4",
            "saio names 48 bytes",
            encrypted("cenc", 8)
                .with(full("saiz", 0, new byte[] {8}, u32(6)))
                .with(full("saio", 0, u32(1, 0x7fffffff)))),
        Arguments.of(
            "malformed-mp4",
            "seig does not exist",
            encrypted("cbcs", 0).with(full("sbgp", 0, text("seig"), u32(1, 6, 1)))),
        Arguments.of("input-encrypted", "encv", encrypted("odkm", 0)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource
  void refused(String code, String message, TestMovie movie) {
    DrmException refusal =
        catchThrowableOfType(
            DrmException.class, () -> MovieReader.read(MemorySource.of(movie.toBytes())));
    assertThat(refusal.code()).as(refusal.problem()).isEqualTo(code);
    assertThat(refusal.problem()).contains(message);
  }

  private static TestMovie encrypted(String scheme, int ivBytes) {
    byte[] entry = visualEntry("encv", AVCC, sinf(scheme, ivBytes));
    return new TestMovie().with(full("stsd", 0, u32(1), entry));
  }

  private static byte[] sinf(String scheme, int ivBytes) {
    return box(
        "sinf",
        box("frma", text("avc1")),
        full("schm", 0, text(scheme), u32(0x10000)),
        box("schi", full("tenc", 1, tenc(KID, 1, ivBytes))));
  }

  private static byte[] tenc(String keyId, int isProtected, int ivBytes) {
    byte[] head = {0, 0, (byte) isProtected, (byte) ivBytes};
    byte[] constant = isProtected == 1 && ivBytes == 0 ? new byte[17] : new byte[0];
    Arrays.fill(constant, (byte) 16);
    return join(head, HexFormat.of().parseHex(keyId), constant);
  }

  private static byte[] text(String fourCc) {
    return fourCc.getBytes(StandardCharsets.ISO_8859_1);
  }
}
