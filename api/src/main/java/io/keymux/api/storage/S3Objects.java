package io.keymux.api.storage;

import io.keymux.api.problem.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The objects that one attempt writes, and what it takes to take them back. Each carries the
 * attempt's id, so that an answer that got lost is told from somebody else's object.
 */
final class S3Objects {
  private static final String ATTEMPT = "keymux-attempt";

  /** Larger files are sent in parts. */
  private static final long SINGLE_BYTES = 16 << 20;

  /** How often, and how long after each other, a lost upload's object is looked for. */
  private static final int LOOKS = 20;

  private static final long LOOK_NANOS = 250_000_000;

  private final S3Client client;
  private final S3Url folder;
  private final String owner;
  private final String attempt;
  private final Runnable guard;

  /** By name. */
  private final Map<String, MultipartFile> multiparts = new LinkedHashMap<>();

  /** Names that may be there, in the order in which they were begun; guarded by itself. */
  private final Set<String> written = new LinkedHashSet<>();

  /** Somebody else has the folder: the media there may be theirs. */
  private boolean foreign;

  /**
   * @param owner whose attempts these are; the same for all attempts of a job
   * @param guard called before each write
   */
  S3Objects(S3Client client, S3Url folder, String owner, Runnable guard) {
    this.client = client;
    this.folder = folder;
    this.owner = owner + ".";
    this.attempt = this.owner + UUID.randomUUID();
    this.guard = guard;
  }

  /** What is to be done to write a file, in any order and on any thread. */
  List<Runnable> pieces(Path work, String name) {
    Path file = work.resolve(name);
    if (size(file) <= SINGLE_BYTES) {
      return List.of(() -> put(file, name, request -> {}));
    }
    MultipartFile multipart =
        new MultipartFile(client, folder.bucket(), folder.key() + name, file, guard);
    multiparts.put(name, multipart);
    noted(name);
    call(name, () -> multipart.begin(MediaType.of(name), Map.of(ATTEMPT, attempt)));
    return multipart.parts().stream()
        .map(part -> (Runnable) () -> call(name, () -> multipart.send(part)))
        .toList();
  }

  /** Makes objects of the files that were sent in parts. */
  void complete() {
    multiparts.forEach(
        (name, multipart) -> {
          try {
            multipart.complete();
          } catch (SdkException e) {
            // The SDK tries again when an answer gets lost, and the upload is over by then.
            if (!S3Failures.isUploadGone(e) || !appears(name)) {
              throw failure(e, name);
            }
          }
        });
  }

  /** Whether it is there and ours; the storage may still be putting its parts together. */
  private boolean appears(String name) {
    for (int left = LOOKS; left > 0; left--) {
      if (isSurelyOurs(name)) {
        return true;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return false;
  }

  /**
   * Writes the claim or a manifest.
   *
   * @param onlyIfAbsent whether one that is there stays; one of this attempt is as good as written
   * @throws StorageException with code {@code output-exists} if another's is and does
   */
  void publish(Path file, String name, boolean onlyIfAbsent) {
    if (!onlyIfAbsent) {
      put(file, name, request -> {});
      return;
    }
    try {
      put(file, name, request -> request.ifNoneMatch("*"));
    } catch (StorageException e) {
      if (!e.code().equals("input-changed")) {
        throw e;
      }
      // The SDK tries again when an answer gets lost, and then meets its own object.
      if (!attempt.equals(attempt(name))) {
        forget(name);
        foreign = true;
        throw StorageException.outputExists(folder + name);
      }
    }
  }

  boolean exists(String name) {
    return attempt(name) != null;
  }

  /** Whether an object is there that no attempt of the same job wrote. */
  boolean isOfOthers(String name) {
    String found = attempt(name);
    return found != null && !found.startsWith(owner);
  }

  void delete(String name) {
    call(
        name,
        () -> {
          guard.run();
          client.deleteObject(request -> request.bucket(folder.bucket()).key(folder.key() + name));
        });
  }

  /**
   * Removes what was written, the last first, and parts of what was not completed. Where the guard
   * throws, or one of the names is another's by now, the objects may be theirs and stay.
   *
   * @param last names of claim and manifests
   */
  void takeBack(List<String> last, Runnable mayStillWrite) {
    multiparts.values().forEach(MultipartFile::abort);
    if (foreign || last.stream().anyMatch(this::mayBeOfOthers)) {
      return;
    }
    List<String> names;
    synchronized (written) {
      names = new ArrayList<>(written);
    }
    try {
      for (int i = names.size() - 1; i >= 0; i--) {
        mayStillWrite.run();
        String key = folder.key() + names.get(i);
        client.deleteObject(request -> request.bucket(folder.bucket()).key(key));
      }
    } catch (RuntimeException e) {
      // The failure that led here is the one to tell; without a manifest nothing is played.
    }
  }

  private void put(Path file, String name, Consumer<PutObjectRequest.Builder> condition) {
    call(
        name,
        () -> {
          guard.run();
          noted(name);
          client.putObject(
              request -> {
                request
                    .bucket(folder.bucket())
                    .key(folder.key() + name)
                    .contentType(MediaType.of(name))
                    .metadata(Map.of(ATTEMPT, attempt));
                condition.accept(request);
              },
              RequestBody.fromFile(file));
        });
  }

  private void noted(String name) {
    synchronized (written) {
      written.add(name);
    }
  }

  private void forget(String name) {
    synchronized (written) {
      written.remove(name);
    }
  }

  private boolean isSurelyOurs(String name) {
    try {
      return attempt.equals(attempt(name));
    } catch (StorageException e) {
      return false;
    }
  }

  private boolean mayBeOfOthers(String name) {
    try {
      String found = attempt(name);
      return found != null && !found.equals(attempt);
    } catch (StorageException e) {
      return true;
    }
  }

  /** Which attempt wrote an object: empty if none of ours did, null if it is not there. */
  private @Nullable String attempt(String name) {
    try {
      return client
          .headObject(request -> request.bucket(folder.bucket()).key(folder.key() + name))
          .metadata()
          .getOrDefault(ATTEMPT, "");
    } catch (SdkException e) {
      if (e instanceof S3Exception answer
          && answer.statusCode() == 404
          && !isMissingBucket(answer)) {
        return null;
      }
      throw failure(e, name);
    }
  }

  private static boolean isMissingBucket(S3Exception e) {
    return e.awsErrorDetails() != null && "NoSuchBucket".equals(e.awsErrorDetails().errorCode());
  }

  private void call(String name, Runnable task) {
    try {
      task.run();
    } catch (SdkException e) {
      throw failure(e, name);
    }
  }

  private StorageException failure(SdkException e, String name) {
    return S3Failures.of(e, folder.bucket(), folder + name);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw StorageException.unreadableWork(e.getClass().getSimpleName());
    }
  }
}
