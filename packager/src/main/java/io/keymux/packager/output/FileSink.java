package io.keymux.packager.output;

/** A file of one part, written from its start by one thread. */
public final class FileSink implements SegmentSink {
  private final OutputFile file;
  private long written;

  public FileSink(OutputFile file) {
    this.file = file;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    file.write(written, bytes, offset, length);
    written += length;
  }

  /** Closes the file, whose size is known then. */
  public void finish() throws InterruptedException {
    file.place(0, written);
    file.finishPart();
  }
}
