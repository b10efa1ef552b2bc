package io.keymux.api.storage;

import io.keymux.api.problem.StorageException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** An object in a bucket. */
final class S3File implements RemoteFile {
  private final S3Client client;
  private final S3Url url;
  private @Nullable Version version;

  /**
   * An object as it was when it was first asked for.
   *
   * @param etag null if the storage has none
   */
  record Version(long size, @Nullable String etag) {}

  /**
   * @param version if it is known already, as from a list
   */
  S3File(S3Client client, S3Url url, @Nullable Version version) {
    this.client = client;
    this.url = url;
    this.version = version;
  }

  @Override
  public String name() {
    return url.toString();
  }

  @Override
  public String source() {
    return "s3://" + url.bucket();
  }

  @Override
  public long size() {
    return version().size();
  }

  private synchronized Version version() {
    if (version == null) {
      try {
        HeadObjectResponse head =
            client.headObject(request -> request.bucket(url.bucket()).key(url.key()));
        if (head.contentLength() == null) {
          throw StorageException.badAnswer(name(), "it has no size");
        }
        version = new Version(head.contentLength(), head.eTag());
      } catch (SdkException e) {
        throw S3Failures.of(e, url.bucket(), name());
      }
    }
    return version;
  }

  @Override
  public RangeStream open(long from, long to) {
    Version wanted = version();
    try {
      ResponseInputStream<GetObjectResponse> stream =
          client.getObject(
              request ->
                  request
                      .bucket(url.bucket())
                      .key(url.key())
                      .range("bytes=" + from + "-" + (to - 1))
                      .ifMatch(wanted.etag()));
      String etag = stream.response().eTag();
      if (wanted.etag() != null && etag != null && !wanted.etag().equals(etag)) {
        stream.abort();
        throw StorageException.changed(name());
      }
      Long length = stream.response().contentLength();
      if (length == null || length != to - from) {
        stream.abort();
        throw length != null && length == wanted.size()
            ? StorageException.noRanges(name())
            : StorageException.changed(name());
      }
      return new Part(stream, to - from);
    } catch (SdkException e) {
      StorageException told = S3Failures.of(e, url.bucket(), name());
      // Of a range that is there, only a shorter object has none.
      throw told.code().equals("storage-answer-invalid") ? StorageException.changed(name()) : told;
    }
  }

  /** The body of one answer. */
  private static final class Part implements RangeStream {
    private final ResponseInputStream<GetObjectResponse> stream;
    private long left;

    Part(ResponseInputStream<GetObjectResponse> stream, long length) {
      this.stream = stream;
      this.left = length;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      try {
        int got = stream.read(target, offset, length);
        left -= Math.max(got, 0);
        return got;
      } catch (SdkException e) {
        // Without the cause: it quotes answers.
        throw new IOException("broken off");
      }
    }

    @Override
    public void close() {
      try {
        if (left == 0 && stream.read() < 0) {
          stream.close();
          return;
        }
      } catch (IOException | SdkException e) {
        // It is of no further use.
      }
      stream.abort();
    }
  }
}
