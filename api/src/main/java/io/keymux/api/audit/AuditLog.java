package io.keymux.api.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keymux.api.json.Json;
import io.keymux.cpix.SecretBytes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the audit log. One thread writes what has come in meanwhile together, so that a disk that
 * is slow to confirm is asked once for many. Safe for use by several threads.
 */
public final class AuditLog implements Audit, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AuditLog.class);
  private static final int MOST_WAITING = 100_000;
  private static final int BATCH = 1000;
  private static final long LONGEST_CLOSE_MILLIS = 10_000;

  private final Path place;
  private final AuditFile file;
  private final Clock clock;
  private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>(MOST_WAITING);
  private final Thread writer = new Thread(this::run, "keymux-audit");
  private boolean closing;
  private volatile @Nullable IOException broken;

  private record Waiting(String fields, CompletableFuture<Boolean> written) {}

  /** The last one. */
  private static final Waiting END = new Waiting("", new CompletableFuture<>());

  private AuditLog(Path place, AuditFile file, Clock clock) {
    this.place = place;
    this.file = file;
    this.clock = clock;
    writer.setDaemon(true);
  }

  /**
   * Goes on with the log of a data directory, or begins it.
   *
   * @param key of the chain; null for one that is kept beside the log
   * @throws AuditException if it cannot be read or written
   */
  public static AuditLog open(Path data, @Nullable SecretBytes key, Clock clock) {
    AuditFolder folder = AuditFolder.of(data);
    try {
      AuditFile file = AuditFile.open(folder, new AuditChain(key == null ? folder.key() : key));
      AuditLog opened = new AuditLog(folder.path(), file, clock);
      opened.writer.start();
      return opened;
    } catch (IOException e) {
      throw AuditException.unwritable(folder.path(), e);
    }
  }

  @Override
  public void require(AuditEntry entry) {
    Waiting waiting = enqueue(entry);
    try {
      waiting.written.join();
    } catch (CompletionException e) {
      throw AuditException.unwritable(place, e.getCause());
    }
  }

  @Override
  public void note(AuditEntry entry) {
    try {
      enqueue(entry);
    } catch (AuditException e) {
      log.error("the audit log has no room for {} by {}", entry.action(), entry.actor().name());
    }
  }

  private synchronized Waiting enqueue(AuditEntry entry) {
    Waiting waiting = new Waiting(fields(entry), new CompletableFuture<>());
    if (broken != null || closing || !queue.offer(waiting)) {
      throw AuditException.unwritable(place, broken);
    }
    return waiting;
  }

  private String fields(AuditEntry entry) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    AuditEntry.Actor actor = entry.actor();
    json.put("at", clock.instant().toString()).put("action", entry.action());
    put(json, "who", actor.name());
    put(json, "tenant", actor.tenant());
    put(json, "address", actor.address());
    put(json, "request", actor.request());
    put(json, "job", actor.job());
    put(json, "object", entry.object());
    if (entry.status() != null) {
      json.put("status", entry.status());
    }
    if (!entry.kids().isEmpty()) {
      ArrayNode kids = json.putArray("kids");
      entry.kids().forEach(kids::add);
    }
    String text = Json.line(json);
    return text.substring(1, text.length() - 1);
  }

  private static void put(ObjectNode json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  private void run() {
    List<Waiting> batch = new ArrayList<>();
    try {
      boolean end = false;
      while (!end) {
        batch.add(queue.take());
        queue.drainTo(batch, BATCH - 1);
        end = batch.remove(END);
        write(batch);
        batch.clear();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }

  private void write(List<Waiting> batch) {
    try {
      IOException before = broken;
      if (before != null) {
        throw before;
      }
      if (batch.isEmpty()) {
        return;
      }
      file.append(batch.stream().map(Waiting::fields).toList());
      batch.forEach(waiting -> waiting.written.complete(true));
    } catch (IOException e) {
      // What was written in part would break the chain: it is mended at the next start.
      broken = e;
      log.error("the audit log cannot be written: {}", e.getClass().getSimpleName());
      batch.forEach(waiting -> waiting.written.completeExceptionally(e));
    }
  }

  /** Writes what waits. */
  @Override
  public void close() {
    synchronized (this) {
      if (closing) {
        return;
      }
      closing = true;
    }
    try {
      queue.put(END);
      // Not interrupted: that would close the file under what is being written.
      writer.join(LONGEST_CLOSE_MILLIS);
      file.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      log.warn("the audit log cannot be closed: {}", e.getClass().getSimpleName());
    }
  }
}
