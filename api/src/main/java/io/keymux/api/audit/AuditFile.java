package io.keymux.api.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A chain on the disk that this process alone adds to. For one thread. */
final class AuditFile implements Closeable {
  private static final Logger log = LoggerFactory.getLogger(AuditFile.class);
  private static final int MOST_CHAINS = 64;
  private static final long LARGEST = 64L << 20;
  private static final int LONGEST_LINE = 1 << 20;

  private final Path folder;
  private final AuditChain chain;
  private final FileChannel head;
  private final FileLock lock;
  private FileChannel channel;
  private long next;
  private String mac;

  private AuditFile(Path folder, AuditChain chain, FileChannel head, FileLock lock)
      throws IOException {
    this.folder = folder;
    this.chain = chain;
    this.head = head;
    this.lock = lock;
    this.next = 1;
    this.mac = AuditChain.START;
    this.channel = AuditFolder.open(last(folder));
    goOn();
  }

  /** The first chain that no other process has. */
  static AuditFile open(AuditFolder folder, AuditChain chain) throws IOException {
    for (int number = 0; number < MOST_CHAINS; number++) {
      Path path = folder.chain(number);
      folder.make(path);
      FileChannel head = AuditFolder.open(AuditFolder.head(path));
      FileLock lock = lock(head);
      if (lock != null) {
        return new AuditFile(path, chain, head, lock);
      }
      head.close();
    }
    throw new IOException("all chains are in use");
  }

  private static @Nullable FileLock lock(FileChannel head) throws IOException {
    try {
      return head.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** One that was made and not written to before the process ended is found again by its name. */
  private static Path last(Path folder) throws IOException {
    Path last = AuditFolder.file(folder, 1);
    for (Path file : AuditFolder.files(folder)) {
      if (Files.size(file) > 0) {
        last = file;
      }
    }
    return last;
  }

  /** After the last line that is whole; one that was cut off was never confirmed to anybody. */
  private void goOn() throws IOException {
    long size = channel.size();
    int length = (int) Math.min(size, LONGEST_LINE);
    ByteBuffer tail = ByteBuffer.allocate(length);
    while (tail.hasRemaining()) {
      if (channel.read(tail, size - length + tail.position()) < 0) {
        throw new IOException("the log became shorter while it was read");
      }
    }
    String text = new String(tail.array(), UTF_8);
    int whole = text.lastIndexOf('\n') + 1;
    int torn = text.substring(whole).getBytes(UTF_8).length;
    if (torn > 0) {
      log.warn("{} bytes at the end of the audit log were never confirmed; they go", torn);
      channel.truncate(size - torn);
    }
    channel.position(size - torn);
    String last =
        whole == 0 ? "" : text.substring(text.lastIndexOf('\n', whole - 2) + 1, whole - 1);
    resume(AuditChain.Line.read(last), AuditChain.Line.read(AuditFolder.readHead(folder)));
  }

  private void resume(AuditChain.@Nullable Line last, AuditChain.@Nullable Line confirmed) {
    if (last != null) {
      next = last.seq() + 1;
      mac = last.mac();
    }
    if (confirmed != null && (last == null || confirmed.seq() > last.seq())) {
      // Lines are missing: the numbers go on, so that they stay missing.
      log.error("the audit log lacks its end: look at it with keymux audit verify");
      next = confirmed.seq() + 1;
      mac = confirmed.mac();
    }
  }

  /** Adds lines; they are on the disk when it returns. */
  void append(List<String> fields) throws IOException {
    if (channel.position() >= LARGEST) {
      channel.close();
      channel = AuditFolder.open(AuditFolder.file(folder, next));
    }
    StringBuilder lines = new StringBuilder();
    AuditChain.Line last = null;
    for (String each : fields) {
      last = chain.next(next, mac, each);
      next++;
      mac = last.mac();
      lines.append(last.text()).append('\n');
    }
    AuditFolder.writeFully(channel, UTF_8.encode(lines.toString()));
    channel.force(false);
    if (last != null) {
      writeHead(last);
    }
  }

  private void writeHead(AuditChain.Line last) throws IOException {
    ByteBuffer bytes = UTF_8.encode(last.text() + "\n");
    head.position(0);
    long size = bytes.remaining();
    AuditFolder.writeFully(head, bytes);
    head.truncate(size);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    lock.close();
    head.close();
  }
}
