package io.keymux.packager.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.packager.ClearSegments;
import io.keymux.packager.SampleJob;
import io.keymux.packager.job.KeyChange;
import io.keymux.packager.job.KeySchedule;
import io.keymux.packager.job.Protection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Buffers, state, key periods and refusals; what comes out is judged elsewhere. */
class SegmentEncryptorTest {
  @TempDir static Path temp;
  private static byte[] init = new byte[0];
  private static List<byte[]> segments = List.of();

  @BeforeAll
  static void makeInput() throws Exception {
    ClearSegments clear = ClearSegments.video(temp.resolve("clear"));
    init = clear.init();
    segments = clear.segments();
  }

  @ParameterizedTest
  @CsvSource({"CENC, false", "CENC, true", "CBCS, false", "CBCS, true"})
  void encrypt_buffers_sameBytes(ProtectionScheme scheme, boolean direct) throws Exception {
    EncryptorState state = new EncryptorState(Map.of(1, 7L));
    SegmentEncryptor arrays = stream(scheme, KeySchedule.ALWAYS).encryptor("r", state);
    SegmentEncryptor buffers = stream(scheme, KeySchedule.ALWAYS).encryptor("r", state);
    ByteBuffer target = buffer(direct, 4 << 20).position(3).slice().position(5);
    for (byte[] segment : segments) {
      ByteBuffer source = buffer(direct, segment.length + 9).position(4).slice().position(2);
      source.put(segment).flip().position(2);
      byte[] expected = arrays.encrypt(segment).bytes();
      int from = target.position();
      SegmentInfo info = buffers.encrypt(source, target);
      assertThat(source.hasRemaining()).isFalse();
      assertThat(info.bytes()).isEqualTo(target.position() - from).isEqualTo(expected.length);
      byte[] written = new byte[expected.length];
      target.duplicate().position(from).get(written);
      assertThat(written).isEqualTo(expected);
    }
    assertThat(buffers.state()).isEqualTo(arrays.state());
  }

  private static ByteBuffer buffer(boolean direct, int bytes) {
    return direct ? ByteBuffer.allocateDirect(bytes) : ByteBuffer.allocate(bytes);
  }

  @Test
  void encrypt_targetTooSmall_refusedAndNothingUsedUp() throws Exception {
    SegmentEncryptor encryptor = stream(ProtectionScheme.CENC, KeySchedule.ALWAYS).encryptor("r");
    EncryptorState before = encryptor.state();
    ByteBuffer target = ByteBuffer.allocate(segments.get(0).length);
    assertRefused(
        "buffer-too-small", () -> encryptor.encrypt(ByteBuffer.wrap(segments.get(0)), target));
    assertThat(target.position()).isZero();
    assertThat(encryptor.state()).isEqualTo(before);
  }

  @Test
  void state_cenc_countsSamples() throws Exception {
    LiveStream stream = stream(ProtectionScheme.CENC, KeySchedule.ALWAYS);
    SegmentEncryptor encryptor = stream.encryptor("r", EncryptorState.parse("1=fffffffffffffff0"));
    encryptor.encrypt(segments.get(0));
    assertThat(encryptor.state().toText()).isEqualTo("1=0000000000000020");
    assertThat(stream.encryptor("r").state()).isNotEqualTo(stream.encryptor("r").state());
  }

  @Test
  void state_cbcs_isEmpty() throws Exception {
    SegmentEncryptor encryptor = stream(ProtectionScheme.CBCS, KeySchedule.ALWAYS).encryptor("r");
    encryptor.encrypt(segments.get(0));
    assertThat(encryptor.state().toText()).isEmpty();
    assertThat(EncryptorState.parse("")).isEqualTo(encryptor.state());
  }

  @ParameterizedTest
  @CsvSource({"1", "1=", "1=0", "0=0000000000000000", "1=0000000000000000;2=0000000000000000", "x"})
  void parse_noState_refused(String text) {
    assertRefused("encryptor-state-invalid", () -> EncryptorState.parse(text));
  }

  @ParameterizedTest
  @EnumSource(KeyChange.class)
  void encrypt_rotation_asksOncePerPeriodAndPrefetchAhead(KeyChange change) throws Exception {
    AtomicInteger asked = new AtomicInteger();
    KeyExchange counting =
        request -> {
          asked.incrementAndGet();
          return SampleJob.KEYS.exchange(request);
        };
    LiveStream stream =
        LiveStream.builder(
                "live", counting, protection(ProtectionScheme.CBCS, new KeySchedule(0, 4, change)))
            .rendition("r", init)
            .build();
    SegmentEncryptor encryptor = stream.encryptor("r");
    assertThat(asked).hasValue(0);
    stream.keys().prefetch(0, Runnable::run).get();
    stream.keys().prefetch(1, Runnable::run).get();
    assertThat(asked).hasValue(2);
    for (byte[] segment : segments.subList(0, 4)) {
      encryptor.encrypt(segment);
    }
    assertThat(asked).hasValue(2);
    assertThat(encryptor.init(0)).isNotEqualTo(init).isEqualTo(encryptor.init(0));
    assertThat(encryptor.init(1).length).isEqualTo(encryptor.init(0).length);
    assertThat(Arrays.equals(encryptor.init(1), encryptor.init(0)))
        .isEqualTo(change == KeyChange.SAMPLE_GROUPS);
  }

  @Test
  void prefetch_exchangeFails_saysSoAndAsksAgain() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    KeyExchange failing =
        request -> {
          if (asked.incrementAndGet() == 1) {
            throw new DrmException(Blame.UPSTREAM, "test-failure", "No answer.", "Try again.");
          }
          return SampleJob.KEYS.exchange(request);
        };
    LiveStream stream =
        LiveStream.builder("live", failing, protection(ProtectionScheme.CBCS, KeySchedule.ALWAYS))
            .rendition("r", init)
            .build();
    assertThatThrownBy(() -> stream.keys().prefetch(0, Runnable::run).get())
        .hasRootCauseInstanceOf(DrmException.class);
    assertThat(stream.encryptor("r").encrypt(segments.get(0)).bytes()).isNotEmpty();
  }

  /** A slow key server delays nobody who has his keys already. */
  @Test
  void prefetch_slowExchange_otherPeriodsGoOn() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    KeyExchange slow =
        request -> {
          if (request.keyPeriod() != null && request.keyPeriod().id().equals("period-2")) {
            answer.await();
          }
          return SampleJob.KEYS.exchange(request);
        };
    KeySchedule schedule = new KeySchedule(0, 4, KeyChange.NEW_PERIODS);
    LiveStream stream =
        LiveStream.builder("live", slow, protection(ProtectionScheme.CBCS, schedule))
            .rendition("r", init)
            .build();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      CompletableFuture<Void> ahead = stream.keys().prefetch(1, thread);
      assertTimeoutPreemptively(
          Duration.ofSeconds(20), () -> stream.encryptor("r").encrypt(segments.get(0)));
      assertThat(ahead).isNotDone();
      answer.countDown();
      ahead.get(20, TimeUnit.SECONDS);
    } finally {
      thread.shutdownNow();
    }
  }

  /** Samples without a byte may not lie outside, either. */
  @ParameterizedTest
  @EnumSource(names = {"CENC", "CBCS"})
  void encrypt_emptySamplesOutside_refused(ProtectionScheme scheme) throws Exception {
    byte[] segment = segments.get(0).clone();
    String text = new String(segment, StandardCharsets.ISO_8859_1);
    int trun = text.indexOf("trun");
    ByteBuffer boxes = ByteBuffer.wrap(segment);
    int flags = boxes.getInt(trun + 4) & 0xffffff;
    assertThat(flags & 0x701).as("offset, sizes").isEqualTo(0x201);
    int at = trun + 16 + ((flags & 4) != 0 ? 4 : 0) + ((flags & 0x100) != 0 ? 4 : 0);
    int row = 4 * Integer.bitCount(flags & 0xf00);
    for (int i = 0; i < boxes.getInt(trun + 8); i++) {
      boxes.putInt(at + i * row, 0);
    }
    boxes.putInt(trun + 12, Integer.MAX_VALUE / 2);
    SegmentEncryptor encryptor = stream(scheme, KeySchedule.ALWAYS).encryptor("r");
    assertRefused("malformed-mp4", () -> encryptor.encrypt(segment));
  }

  @Test
  void encrypt_cutAnywhere_refusedAndNothingUsedUp() throws Exception {
    byte[] segment = segments.get(0);
    SegmentEncryptor encryptor = stream(ProtectionScheme.CENC, KeySchedule.ALWAYS).encryptor("r");
    EncryptorState before = encryptor.state();
    int header = new String(segment, StandardCharsets.ISO_8859_1).indexOf("mdat") + 4;
    for (int length = 0; length < segment.length; length += length < header + 20 ? 1 : 997) {
      byte[] cut = Arrays.copyOf(segment, length);
      DrmException refusal = catchThrowableOfType(DrmException.class, () -> encryptor.encrypt(cut));
      assertThat(refusal).as("%d bytes", length).isNotNull();
      assertThat(refusal.code()).isEqualTo("malformed-mp4");
    }
    assertThat(encryptor.state()).isEqualTo(before);
  }

  @Test
  void encrypt_randomDamage_refusedOrDone() throws Exception {
    Random random = new Random(4);
    SegmentEncryptor encryptor = stream(ProtectionScheme.CBCS, KeySchedule.ALWAYS).encryptor("r");
    byte[] segment = segments.get(0);
    int header = new String(segment, StandardCharsets.ISO_8859_1).indexOf("mdat") + 40;
    int refused = 0;
    for (int i = 0; i < 3000; i++) {
      byte[] damaged = segment.clone();
      for (int n = random.nextInt(3); n >= 0; n--) {
        damaged[random.nextInt(header)] = (byte) random.nextInt();
      }
      try {
        encryptor.encrypt(damaged);
      } catch (DrmException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(100, 2999);
  }

  @Test
  void encrypt_whatItIsNot_refused() throws Exception {
    LiveStream stream = stream(ProtectionScheme.CBCS, KeySchedule.ALWAYS);
    SegmentEncryptor encryptor = stream.encryptor("r");
    byte[] encrypted = encryptor.encrypt(segments.get(0)).bytes();
    assertRefused("segment-unsupported", () -> encryptor.encrypt(encrypted));
    assertRefused("segment-unsupported", () -> encryptor.encrypt(init));
    byte[] otherTrack = segments.get(0).clone();
    int tfhd = new String(otherTrack, StandardCharsets.ISO_8859_1).indexOf("tfhd");
    otherTrack[tfhd + 11] = 9;
    assertRefused("segment-unsupported", () -> encryptor.encrypt(otherTrack));
    byte[] fromFile = segments.get(0).clone();
    fromFile[tfhd + 7] |= 1;
    assertRefused("malformed-mp4", () -> encryptor.encrypt(Arrays.copyOf(fromFile, 200)));
    assertRefused(
        "input-encrypted",
        () ->
            LiveStream.builder(
                    "live", SampleJob.KEYS, protection(ProtectionScheme.CBCS, KeySchedule.ALWAYS))
                .rendition("r", encryptor.init(0))
                .build());
    assertRefused("scheme-not-supported", () -> stream(ProtectionScheme.CENS, KeySchedule.ALWAYS));
    assertRefused("malformed-mp4", () -> open(segments.get(0)));
    assertRefused("malformed-mp4", () -> open(new byte[0]));
    assertRefused("malformed-mp4", () -> open(Arrays.copyOf(init, init.length - 1)));
  }

  private static void open(byte[] bytes) {
    LiveStream.builder(
            "live", SampleJob.KEYS, protection(ProtectionScheme.CBCS, KeySchedule.ALWAYS))
        .rendition("r", bytes)
        .build();
  }

  private interface Call {
    void run() throws Exception;
  }

  private static void assertRefused(String code, Call call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(DrmException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static LiveStream stream(ProtectionScheme scheme, KeySchedule schedule) {
    return LiveStream.builder("live", SampleJob.KEYS, protection(scheme, schedule))
        .rendition("r", init)
        .build();
  }

  private static Protection protection(ProtectionScheme scheme, KeySchedule schedule) {
    return Protection.of(Set.of(DrmSystem.WIDEVINE), scheme).with(schedule);
  }
}
