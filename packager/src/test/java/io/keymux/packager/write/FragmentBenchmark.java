package io.keymux.packager.write;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.box.BoxWriter;
import io.keymux.packager.encrypt.Pattern;
import io.keymux.packager.encrypt.SampleIvs;
import io.keymux.packager.encrypt.SubsampleMap;
import io.keymux.packager.plan.FakeTrack;
import io.keymux.packager.plan.FragmentPlan;
import io.keymux.packager.plan.ProtectionSpan;
import io.keymux.packager.plan.SegmentPlan;
import io.keymux.packager.plan.SegmentPlanner;
import io.keymux.packager.plan.TrackEncryption;
import io.keymux.packager.plan.TrackPlan;
import io.keymux.packager.plan.TrackSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The boxes before a fragment of 180 frames of 16 KiB, beside a copy of its payload. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class FragmentBenchmark {
  private static final int FRAMES = 180;
  private static final int FRAME_BYTES = 16 * 1024;

  private final byte[] payload = new byte[FRAMES * FRAME_BYTES];
  private final byte[] copy = new byte[FRAMES * FRAME_BYTES];
  private final SubsampleMap map = new SubsampleMap();
  private final BoxWriter out = new BoxWriter(8192);
  private TrackPlan plan;
  private FragmentPlan fragment;
  private SampleEncryptionInfo info;

  @Setup
  public void plan() {
    TrackSource track =
        FakeTrack.video(30, FRAMES, 1, FRAMES)
            .size(i -> FRAME_BYTES - (i & 1))
            .compositionFrames(i -> i & 3)
            .build();
    List<SegmentPlan> segments = SegmentPlanner.plan(6, List.of(track)).get(0);
    byte[] sixteen = new byte[16];
    ContentKey key =
        new ContentKey(KeyId.ofBytes(sixteen), SecretBytes.copyOf(sixteen), null, null);
    TrackEncryption encryption =
        new TrackEncryption(
            key,
            ProtectionScheme.CENC,
            new SampleIvs.Counting(1, 0, 8),
            Pattern.NONE,
            List.of(),
            List.of(),
            "test");
    plan =
        new TrackPlan(
            track,
            0,
            0,
            1,
            segments,
            List.of(new ProtectionSpan(0, segments.size(), encryption)),
            List.of());
    fragment = segments.get(0).fragments().get(0);
    info = new SampleEncryptionInfo(encryption, true);
    map.addClear(64);
    map.addProtected(FRAME_BYTES - 64);
    map.finish();
  }

  @Benchmark
  public byte[] arrayCopy() {
    System.arraycopy(payload, 0, copy, 0, payload.length);
    return copy;
  }

  @Benchmark
  public int build() {
    out.reset();
    info.reset();
    for (int i = 0; i < FRAMES; i++) {
      info.add(i, map);
    }
    Moof.write(out, plan, fragment, 1, plan.encryption(), info, true);
    return out.size();
  }
}
