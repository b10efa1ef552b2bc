package io.keymux.packager.verify;

import io.keymux.packager.isobmff.SampleEntry;
import io.keymux.packager.isobmff.SampleTable;
import io.keymux.packager.plan.TrackSource;

/** The clear samples that a track was made of. */
interface SourceSamples {

  SampleEntry entry();

  int count();

  /** In bytes. */
  int size(int sample);

  /** Reads a whole sample. */
  void read(int sample, byte[] target, int offset);

  /** Those of an input's track. */
  static SourceSamples of(TrackSource track) {
    SampleTable samples = track.media().samples();
    return new SourceSamples() {
      @Override
      public SampleEntry entry() {
        return track.media().entry();
      }

      @Override
      public int count() {
        return samples.count();
      }

      @Override
      public int size(int sample) {
        return samples.size(sample);
      }

      @Override
      public void read(int sample, byte[] target, int offset) {
        track.source().read(samples.offset(sample), target, offset, samples.size(sample));
      }
    };
  }
}
