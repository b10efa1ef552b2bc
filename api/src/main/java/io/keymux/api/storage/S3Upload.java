package io.keymux.api.storage;

import io.keymux.api.problem.StorageException;
import io.keymux.cpix.DrmException;
import io.keymux.packager.job.CancelToken;
import io.keymux.packager.output.PublishGuard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;

/** A folder in a bucket that a job's output goes to. */
final class S3Upload implements Destination {
  private static final int THREADS = 6;

  private final S3Client client;
  private final S3Url folder;
  private final boolean replace;

  /**
   * @param folder whose key ends in a slash, or is empty
   */
  S3Upload(S3Client client, S3Url folder, boolean replace) {
    this.client = client;
    this.folder = folder;
    this.replace = replace;
  }

  @Override
  public String name() {
    return folder.toString();
  }

  @Override
  public void put(Path work, List<String> last, PublishGuard guard, CancelToken cancel)
      throws InterruptedException {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            THREADS, THREADS, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), S3Upload::thread);
    S3Objects objects =
        new S3Objects(
            client,
            folder,
            guard.owner().isEmpty() ? UUID.randomUUID().toString() : guard.owner(),
            () -> {
              cancel.check();
              guard.check();
            });
    try {
      List<String> media = names(work);
      List<String> manifests = last.stream().skip(1).filter(media::contains).toList();
      media.removeAll(last);
      prepare(objects, last);
      // Before any media, so that nothing is written over what another job is putting there.
      Path report = work.resolve(last.get(0));
      objects.publish(report, last.get(0), !replace);
      all(threads, media.stream().flatMap(name -> objects.pieces(work, name).stream()).toList());
      objects.complete();
      if (!replace) {
        // Whoever was told to replace it may have the folder by now.
        objects.publish(report, last.get(0), true);
      }
      for (String name : manifests) {
        objects.publish(work.resolve(name), name, !replace);
      }
    } catch (DrmException e) {
      stop(threads);
      objects.takeBack(last, guard::check);
      throw e instanceof StorageException failure ? failure.ofOutput() : e;
    } catch (IOException e) {
      stop(threads);
      objects.takeBack(last, guard::check);
      throw StorageException.unreadableWork(e.getClass().getSimpleName());
    } catch (InterruptedException | RuntimeException | Error e) {
      stop(threads);
      objects.takeBack(last, guard::check);
      throw e;
    } finally {
      threads.shutdownNow();
    }
  }

  /** What an earlier output published goes first, the manifest players open first. */
  private void prepare(S3Objects objects, List<String> last) {
    if (!replace) {
      for (String name : last) {
        if (objects.isOfOthers(name)) {
          throw StorageException.outputExists(folder + name);
        }
      }
    }
    List<String> lastFirst = new ArrayList<>(last);
    Collections.reverse(lastFirst);
    if (replace) {
      lastFirst.forEach(name -> deleteIfAllowed(objects, name));
    } else {
      lastFirst.stream().filter(objects::exists).forEach(objects::delete);
    }
  }

  /** Who may only write can replace all the same: manifests are written over at the end. */
  private static void deleteIfAllowed(S3Objects objects, String name) {
    try {
      objects.delete(name);
    } catch (StorageException e) {
      if (!e.code().equals("storage-denied")) {
        throw e;
      }
    }
  }

  private static List<String> names(Path work) throws IOException {
    try (Stream<Path> files = Files.walk(work)) {
      return new ArrayList<>(
          files
              .filter(Files::isRegularFile)
              .map(file -> work.relativize(file).toString().replace('\\', '/'))
              .sorted()
              .toList());
    }
  }

  /** The first failure ends the others before their next piece. */
  private static void all(ExecutorService threads, List<Runnable> pieces)
      throws InterruptedException {
    ExecutorCompletionService<Void> running = new ExecutorCompletionService<>(threads);
    pieces.forEach(piece -> running.submit(piece, null));
    for (int i = 0; i < pieces.size(); i++) {
      try {
        running.take().get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof DrmException known) {
          throw known;
        }
        throw new IllegalStateException("an upload failed", e.getCause());
      }
    }
  }

  /**
   * What is under way ends before it is taken back: a request that is broken off may still become
   * an object behind the back of whoever deletes it.
   */
  private static void stop(ThreadPoolExecutor threads) {
    threads.getQueue().clear();
    threads.shutdown();
    boolean interrupted = false;
    while (true) {
      try {
        if (threads.awaitTermination(1, TimeUnit.MINUTES)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "keymux-storage-write");
    thread.setDaemon(true);
    return thread;
  }
}
