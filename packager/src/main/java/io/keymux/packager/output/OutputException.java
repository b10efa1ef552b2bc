package io.keymux.packager.output;

import io.keymux.cpix.DrmException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Locale;

/** The output cannot be written. Nothing playable was left behind. */
public final class OutputException extends DrmException {

  private OutputException(String code, String problem, String remedy, IOException cause) {
    super(Blame.OUTPUT, code, problem, remedy, cause);
  }

  /**
   * @param place what was written, relative to the output folder or the folder itself
   */
  public static OutputException of(String place, IOException cause) {
    String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    if (message.contains("no space left") || message.contains("quota exceeded")) {
      return new OutputException(
          "storage-full",
          "There is no space left to write " + place + ".",
          "Free space or choose another output folder, then run the job again.",
          cause);
    }
    String why =
        cause instanceof AccessDeniedException
            ? "access denied"
            : cause instanceof FileSystemException f && f.getReason() != null
                ? f.getReason()
                : cause.getClass().getSimpleName();
    return new OutputException(
        "output-not-writable",
        "Output " + place + " cannot be written: " + why + ".",
        "Check the path and its permissions.",
        cause);
  }
}
