package io.keymux.api.storage;

import io.keymux.api.problem.StorageException;
import io.keymux.packager.job.CancelToken;
import io.keymux.packager.output.PublishGuard;
import java.nio.file.Path;
import java.util.List;

/** A folder elsewhere, to which a job's finished output goes. */
public interface Destination {

  /** The place as messages show it; credentials removed. */
  String name();

  /**
   * Puts all files of a folder there: first the report, which claims the place for this job, and
   * what players open last.
   *
   * <p>If it fails, what this call put there is taken away again, as far as the storage lets it;
   * what was there before under the same name and was replaced is gone.
   *
   * @param folder packaged and verified
   * @param last names of files in {@code folder}: the report, which is there, and those that appear
   *     last, in this order; of these, such as are not there are left out
   * @param guard checked before each object is written, and before each is taken away again; what
   *     it throws ends the one and the other, so it must not throw on cancellation. Its owner is
   *     the same for all attempts of a job: one may replace what another put there
   * @throws StorageException with code {@code output-exists} if one of {@code last} is another
   *     job's, {@code storage-denied}, {@code storage-bucket-missing} or {@code
   *     storage-unavailable}
   * @throws InterruptedException if {@code cancel} was cancelled
   */
  void put(Path folder, List<String> last, PublishGuard guard, CancelToken cancel)
      throws InterruptedException;
}
