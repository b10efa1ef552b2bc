package io.keymux.packager.parallel;

import io.keymux.packager.job.ProgressListener;
import io.keymux.packager.job.Stage;

/** Adds up the bytes of several threads and reports each percent once. */
public final class ByteProgress {
  private final Stage stage;
  private final long total;
  private final ProgressListener listener;
  private long done;
  private long reportedPercent = -1;

  public ByteProgress(Stage stage, long total, ProgressListener listener) {
    this.stage = stage;
    this.total = total;
    this.listener = listener;
  }

  public synchronized void add(long bytes) {
    done += bytes;
    long percent = total == 0 ? 100 : done * 100 / total;
    if (percent > reportedPercent) {
      reportedPercent = percent;
      listener.progress(stage, done, total);
    }
  }
}
