package io.keymux.api.storage;

import io.keymux.api.problem.StorageException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** A file that is sent in parts, several at once. */
final class MultipartFile {
  private static final long PART_BYTES = 16 << 20;
  private static final int MOST_PARTS = 10_000;

  private final S3Client client;
  private final String bucket;
  private final String key;
  private final Path file;
  private final Runnable guard;
  private final List<CompletedPart> sent = new ArrayList<>();
  private @Nullable String uploadId;
  private boolean completed;

  /**
   * @param guard called before each request that writes
   */
  MultipartFile(S3Client client, String bucket, String key, Path file, Runnable guard) {
    this.client = client;
    this.bucket = bucket;
    this.key = key;
    this.file = file;
    this.guard = guard;
  }

  /**
   * @param number from 1
   * @param start in the file
   */
  record Part(int number, long start, long length) {}

  /** All parts, of equal length but for the last. */
  List<Part> parts() {
    long size;
    try {
      size = Files.size(file);
    } catch (IOException e) {
      throw StorageException.unreadableWork(e.getClass().getSimpleName());
    }
    long length = Math.max(PART_BYTES, (size + MOST_PARTS - 1) / MOST_PARTS);
    List<Part> parts = new ArrayList<>();
    for (long at = 0; at < size; at += length) {
      parts.add(new Part(parts.size() + 1, at, Math.min(length, size - at)));
    }
    return parts;
  }

  void begin(String mediaType, Map<String, String> metadata) {
    guard.run();
    uploadId =
        client
            .createMultipartUpload(
                request ->
                    request.bucket(bucket).key(key).contentType(mediaType).metadata(metadata))
            .uploadId();
  }

  void send(Part part) {
    guard.run();
    RequestBody body =
        RequestBody.fromContentProvider(
            () -> stream(part), part.length(), "application/octet-stream");
    String etag =
        client
            .uploadPart(
                request ->
                    request
                        .bucket(bucket)
                        .key(key)
                        .uploadId(uploadId)
                        .partNumber(part.number())
                        .contentLength(part.length()),
                body)
            .eTag();
    synchronized (sent) {
      sent.add(CompletedPart.builder().partNumber(part.number()).eTag(etag).build());
    }
  }

  /** Opened anew whenever the SDK tries again. */
  private InputStream stream(Part part) {
    try {
      FileChannel channel = FileChannel.open(file);
      channel.position(part.start());
      return new BufferedInputStream(
          new PartStream(Channels.newInputStream(channel), part.length()), 128 * 1024);
    } catch (IOException e) {
      throw StorageException.unreadableWork(e.getClass().getSimpleName());
    }
  }

  void complete() {
    guard.run();
    synchronized (sent) {
      sent.sort(Comparator.comparing(CompletedPart::partNumber));
      client.completeMultipartUpload(
          request ->
              request
                  .bucket(bucket)
                  .key(key)
                  .uploadId(uploadId)
                  .multipartUpload(parts -> parts.parts(sent)));
    }
    completed = true;
  }

  /** Does nothing if it is complete; never fails. */
  void abort() {
    if (uploadId == null || completed) {
      return;
    }
    try {
      client.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(uploadId));
    } catch (SdkException e) {
      // The failure that led here is the one to tell.
    }
  }
}
