package io.keymux.testvectors.live;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.packager.job.KeyChange;
import io.keymux.packager.job.KeySchedule;
import io.keymux.packager.job.Protection;
import io.keymux.packager.live.EncryptorState;
import io.keymux.packager.live.LiveStream;
import io.keymux.packager.live.ProtectedSegment;
import io.keymux.packager.live.SegmentEncryptor;
import io.keymux.testvectors.judge.CounterLedger;
import io.keymux.testvectors.judge.JudgedSample;
import io.keymux.testvectors.judge.JudgedTrack;
import io.keymux.testvectors.judge.KeyRing;
import io.keymux.testvectors.judge.ReferenceDecryptor;
import io.keymux.testvectors.matrix.TestKeys;
import io.keymux.testvectors.oracle.Ffmpeg;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Segments of ffmpeg's muxers, encrypted one by one, give their samples back to the judge. */
class LiveSegmentsIT {
  @TempDir static Path temp;
  private static final List<LiveInput> INPUTS = new ArrayList<>();

  @BeforeAll
  static void makeInputs() throws IOException {
    Ffmpeg.require();
    INPUTS.addAll(LiveInput.hls(temp.resolve("hls")));
    INPUTS.add(LiveInput.lowLatency(temp.resolve("ll")));
    INPUTS.add(LiveInput.indexed(temp.resolve("indexed")));
  }

  static Stream<Arguments> cells() {
    List<Arguments> cells = new ArrayList<>();
    for (int input = 0; input < 5; input++) {
      for (ProtectionScheme scheme : List.of(ProtectionScheme.CENC, ProtectionScheme.CBCS)) {
        cells.add(Arguments.of(input, scheme, KeySchedule.ALWAYS));
        for (KeyChange change : KeyChange.values()) {
          cells.add(Arguments.of(input, scheme, new KeySchedule(2, 4, change)));
        }
      }
    }
    return cells.stream();
  }

  @ParameterizedTest
  @MethodSource("cells")
  void encrypt_thenDecrypt_isTheInput(int index, ProtectionScheme scheme, KeySchedule schedule)
      throws Exception {
    LiveInput input = INPUTS.get(index);
    assertThat(input.segments()).hasSizeGreaterThan(4);
    TestKeys keys = new TestKeys();
    Protection protection =
        Protection.of(Set.of(DrmSystem.WIDEVINE, DrmSystem.PLAYREADY), scheme)
            .with(KeyRule.PER_TYPE)
            .with(schedule);
    LiveStream stream =
        LiveStream.builder("live", keys, protection).rendition("r", input.init()).build();
    SegmentEncryptor encryptor = stream.encryptor("r");
    Map<Integer, ByteArrayOutputStream> parts = new LinkedHashMap<>();
    int clear = 0;
    for (byte[] segment : input.segments()) {
      byte[] before = segment.clone();
      ProtectedSegment out = encryptor.encrypt(segment);
      assertThat(segment).isEqualTo(before);
      assertThat(out.info().bytes()).isEqualTo(out.bytes().length);
      int period = out.info().keyPeriod();
      clear += period == KeySchedule.CLEAR ? 1 : 0;
      int part = schedule.change() == KeyChange.SAMPLE_GROUPS ? 0 : Math.max(0, period);
      if (!parts.containsKey(part)) {
        parts.put(part, new ByteArrayOutputStream());
        parts.get(part).writeBytes(encryptor.init(period));
      }
      parts.get(part).writeBytes(out.bytes());
      // On another machine, from what the first one wrote down.
      encryptor = stream.encryptor("r", EncryptorState.parse(encryptor.state().toText()));
    }
    assertThat(clear).isEqualTo(schedule.clearLeadSeconds() > 0 ? 1 : 0);
    assertThat(parts.size() > 1)
        .isEqualTo(schedule.change() == KeyChange.NEW_PERIODS && schedule.rotates());
    assertThat(samples(parts.values(), keys.ring()))
        .isEqualTo(samples(List.of(joined(input)), KeyRing.empty()));
    assertThat(samples(parts.values(), keys.ring().wrong()))
        .isNotEqualTo(samples(List.of(joined(input)), KeyRing.empty()));
  }

  /** The index of a segment covers it to its end, as it did before. */
  @ParameterizedTest
  @EnumSource(names = {"CENC", "CBCS"})
  void encrypt_indexed_indexFollows(ProtectionScheme scheme) throws Exception {
    LiveInput input = INPUTS.get(4);
    SegmentEncryptor encryptor = stream(input, new TestKeys(), scheme).encryptor("r");
    for (byte[] segment : input.segments()) {
      assertThat(indexedEnd(segment)).isEqualTo(segment.length);
      byte[] out = encryptor.encrypt(segment).bytes();
      assertThat(out.length).isGreaterThan(segment.length);
      assertThat(indexedEnd(out)).isEqualTo(out.length);
    }
  }

  /** Where the only reference of a segment's {@code sidx} ends. */
  private static int indexedEnd(byte[] segment) {
    int at = new String(segment, ISO_8859_1).indexOf("sidx") - 4;
    ByteBuffer in = ByteBuffer.wrap(segment);
    boolean wide = in.get(at + 8) == 1;
    int count = at + 12 + 8 + (wide ? 16 : 8) + 2;
    assertThat(in.getShort(count)).isEqualTo((short) 1);
    return at + in.getInt(at) + in.getInt(count + 2);
  }

  /** A second decryptor, which knows nothing of key periods. */
  @ParameterizedTest
  @EnumSource(names = {"CENC", "CBCS"})
  void encrypt_oneKey_ffmpegGivesTheInput(ProtectionScheme scheme) throws Exception {
    for (LiveInput input : INPUTS) {
      TestKeys keys = new TestKeys();
      SegmentEncryptor encryptor = stream(input, keys, scheme).encryptor("r");
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(encryptor.init(0));
      for (byte[] segment : input.segments()) {
        out.writeBytes(encryptor.encrypt(segment).bytes());
      }
      Path encrypted = Files.write(temp.resolve("encrypted.mp4"), out.toByteArray());
      Path clear = Files.write(temp.resolve("clear.mp4"), joined(input).toByteArray());
      String key = keys.ring().toMap().values().iterator().next();
      assertThat(Ffmpeg.decryptedStreamHash(encrypted, key, 0))
          .as(input.name())
          .isEqualTo(Ffmpeg.streamHash(clear, 0));
    }
  }

  private static LiveStream stream(LiveInput input, TestKeys keys, ProtectionScheme scheme) {
    return LiveStream.builder("live", keys, Protection.of(Set.of(DrmSystem.WIDEVINE), scheme))
        .rendition("r", input.init())
        .build();
  }

  private static ByteArrayOutputStream joined(LiveInput input) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(input.init());
    input.segments().forEach(all::writeBytes);
    return all;
  }

  /** The hash of each track; no counter may be there twice. */
  private static Map<Integer, String> samples(Iterable<ByteArrayOutputStream> parts, KeyRing keys) {
    Map<Integer, List<JudgedSample>> samples = new LinkedHashMap<>();
    CounterLedger ledger = new CounterLedger();
    int number = 0;
    for (ByteArrayOutputStream part : parts) {
      for (JudgedTrack track : ReferenceDecryptor.decrypt(part.toByteArray(), keys)) {
        assertThat(ledger.enter(number++ + " track " + track.id(), track)).isEmpty();
        samples.computeIfAbsent(track.id(), id -> new ArrayList<>()).addAll(track.samples());
      }
    }
    Map<Integer, String> hashes = new LinkedHashMap<>();
    samples.forEach((id, of) -> hashes.put(id, new JudgedTrack(id, "", "", of).streamHash()));
    return hashes;
  }
}
