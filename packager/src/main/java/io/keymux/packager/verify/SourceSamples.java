package io.keymux.packager.verify;

/** The clear samples that a track was made of. */
public interface SourceSamples {

  int count();

  /** In bytes. */
  int size(int sample);

  /** Reads a whole sample. */
  void read(int sample, byte[] target, int offset);
}
