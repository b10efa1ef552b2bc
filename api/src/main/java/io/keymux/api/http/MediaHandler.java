package io.keymux.api.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.keymux.api.job.Job;
import io.keymux.api.job.JobOutput;
import io.keymux.api.job.JobState;
import io.keymux.api.problem.RequestException;
import io.keymux.api.queue.JobService;
import io.keymux.api.storage.MediaType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * {@code GET /media/{jobId}/<path>}: the published output of a job, to players of any origin.
 *
 * <p>A single range is served, several at once are answered with the whole file, as RFC 9110
 * allows.
 */
final class MediaHandler implements Handler {
  static final String PATH = "/media/{jobId}/<path>";

  private static final int BUFFER_BYTES = 128 * 1024;

  private final JobService jobs;

  MediaHandler(JobService jobs) {
    this.jobs = jobs;
  }

  @Override
  public void handle(Context ctx) throws IOException {
    Path file = resolve(ctx);
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      handle(ctx, file, in, Files.getLastModifiedTime(file).toMillis());
    } catch (NoSuchFileException e) {
      throw RequestException.notFound(ctx.path());
    }
  }

  private static void handle(Context ctx, Path file, FileChannel in, long modified)
      throws IOException {
    long size = in.size();
    String etag = "\"%x-%x\"".formatted(size, modified);
    ctx.disableCompression()
        .header("Accept-Ranges", "bytes")
        .header("ETag", etag)
        .header("Cache-Control", "no-cache")
        .contentType(MediaType.of(String.valueOf(file.getFileName())));
    if (etag.equals(ctx.header("If-None-Match"))) {
      ctx.status(304);
      return;
    }
    String ifRange = ctx.header("If-Range");
    Optional<String> range =
        ifRange == null || ifRange.equals(etag)
            ? Optional.ofNullable(ctx.header("Range"))
            : Optional.empty();
    ByteRangeRequest.Outcome outcome = ByteRangeRequest.parse(range, size);
    if (outcome instanceof ByteRangeRequest.Outcome.Unsatisfiable) {
      ctx.status(416).header("Content-Range", "bytes */" + size);
    } else if (outcome instanceof ByteRangeRequest.Outcome.Part part) {
      ByteRangeRequest wanted = part.range();
      ctx.status(206)
          .header("Content-Range", "bytes " + wanted.first() + "-" + wanted.last() + "/" + size);
      send(ctx, in, wanted.first(), wanted.length());
    } else {
      send(ctx, in, 0, size);
    }
  }

  private Path resolve(Context ctx) {
    RequestException absent = RequestException.notFound(ctx.path());
    Job job = jobs.find(ctx.pathParam("jobId")).orElseThrow(() -> absent);
    if (!job.tenant().equals(Door.tenant(ctx)) || job.state() != JobState.SUCCEEDED) {
      throw absent;
    }
    try {
      Path folder = JobOutput.folder(job);
      if (folder == null) {
        throw absent;
      }
      if (!Files.isDirectory(folder)) {
        throw RequestException.outputGone();
      }
      Path root = folder.toRealPath();
      Path file = root.resolve(ctx.pathParam("path"));
      if (!file.equals(file.normalize())
          || !file.toRealPath().startsWith(root)
          || !Files.isRegularFile(file)) {
        throw absent;
      }
      return file;
    } catch (IOException | InvalidPathException e) {
      throw absent;
    }
  }

  private static void send(Context ctx, FileChannel in, long position, long length)
      throws IOException {
    ctx.res().setContentLengthLong(length);
    if (ctx.method().equals(HandlerType.HEAD)) {
      return;
    }
    OutputStream out = ctx.res().getOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER_BYTES, Math.max(1, length)));
    long left = length;
    long at = position;
    while (left > 0) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), left));
      int got = in.read(buffer, at);
      if (got < 0) {
        throw new IOException("a file became shorter while it was sent");
      }
      out.write(buffer.array(), 0, got);
      at += got;
      left -= got;
    }
  }
}
