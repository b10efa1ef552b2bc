package io.keymux.api.bench;

import java.nio.file.Path;
import java.util.List;

/** Something that is measured: it reads the inputs and writes a result. */
interface BenchCase {

  /** Unique in a run. */
  Label label();

  /** What it reads; the looped cases read more than the others. */
  BenchInputs inputs();

  /** What is run, for people; {@code out} stands for the output folder and keys are masked. */
  List<String> commands();

  /**
   * Runs it once.
   *
   * @param out an empty folder
   * @throws io.keymux.cpix.DrmException if it fails
   */
  Measurement run(Path out) throws InterruptedException;
}
