package io.keymux.api.storage;

import io.keymux.api.problem.StorageException;
import io.keymux.packager.input.InputFile;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What jobs may read and write, by URL. Nothing is read before a file is opened; a URL that may not
 * be used is refused at once.
 */
public interface Storage extends AutoCloseable {

  /**
   * A file to read.
   *
   * @param url as the client wrote it
   * @param credentials that came with the request, or null for those of the configuration
   * @throws StorageException with code {@code url-not-supported}, {@code path-not-allowed}, {@code
   *     storage-not-configured} or {@code storage-credentials-refused}
   */
  InputFile input(String url, @Nullable StorageCredentials credentials);

  /**
   * The files of a pattern, by rising number.
   *
   * @param url with one {@code *} in its last name, for a number
   * @throws StorageException as {@link #input}; {@code storage-wildcard-refused} where files cannot
   *     be listed, or a failure of the storage
   * @throws io.keymux.cpix.DrmException as {@link io.keymux.packager.input.SegmentPattern#files}
   */
  List<InputFile> inputs(String url, @Nullable StorageCredentials credentials);

  /**
   * What a playlist names.
   *
   * @param playlist the URL of the playlist
   * @param reference as it stands there, resolved against {@code playlist}
   * @return null if it leads elsewhere than playlists there may
   * @throws StorageException as {@link #input}
   */
  @Nullable InputFile named(
      String playlist, URI reference, @Nullable StorageCredentials credentials);

  /**
   * The local folder that an output URL names, or null if it is none of this machine.
   *
   * @throws StorageException with code {@code path-not-allowed}
   */
  @Nullable Path localOutput(String url);

  /**
   * The place of an output that is elsewhere.
   *
   * @param url of a folder
   * @param replace whether an output that is there is replaced; else it is kept, and the new one
   *     fails
   * @throws StorageException as {@link #input}
   */
  Destination output(String url, boolean replace, @Nullable StorageCredentials credentials);

  /** Ends what reads ahead; never fails. */
  @Override
  void close();
}
