package io.keymux.packager.plan;

/**
 * One moof and mdat: a run of samples that fits in a worker's buffers.
 *
 * @param firstSample index in the track's sample table
 * @param endSample one behind the last
 * @param bytes of all samples
 */
public record FragmentPlan(int firstSample, int endSample, int bytes) {
  public int samples() {
    return endSample - firstSample;
  }
}
