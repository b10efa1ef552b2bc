package io.keymux.packager.encrypt;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.SecretBytes;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One video frame of 128 KiB: copied, and encrypted in both schemes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SampleCipherBenchmark {
  private static final int SAMPLE_BYTES = 128 * 1024;
  private static final int CLEAR_BYTES = 48;

  private final byte[] in = new byte[SAMPLE_BYTES];
  private final byte[] out = new byte[SAMPLE_BYTES];
  private final SubsampleMap map = new SubsampleMap();
  private SampleCipher cenc;
  private SampleCipher cbcs;
  private int sample;

  @Setup
  public void fill() {
    new Random(1).nextBytes(in);
    byte[] sixteen = new byte[16];
    ContentKey key =
        new ContentKey(KeyId.ofBytes(sixteen), SecretBytes.copyOf(sixteen), null, null);
    cenc = new CencSampleCipher(key, new SampleIvs.Counting(1, 0, 8), Pattern.NONE);
    cbcs = new CbcsSampleCipher(key, Bytes.copyOf(sixteen), Pattern.ONE_OF_TEN);
    map.addClear(CLEAR_BYTES);
    map.addProtected(SAMPLE_BYTES - CLEAR_BYTES);
    map.finish();
  }

  @Benchmark
  public byte[] arrayCopy() {
    System.arraycopy(in, 0, out, 0, SAMPLE_BYTES);
    return out;
  }

  @Benchmark
  public byte[] cenc() {
    cenc.encrypt(sample++, in, 0, out, 0, SAMPLE_BYTES, map);
    return out;
  }

  @Benchmark
  public byte[] cbcs() {
    cbcs.encrypt(sample++, in, 0, out, 0, SAMPLE_BYTES, map);
    return out;
  }
}
