package io.keymux.api.storage;

import io.keymux.api.problem.StorageException;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.packager.input.InputFile;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.verify.manifest.FileSupply;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A presentation behind a URL, brought to a local folder file by file as it is read. Only what lies
 * below the folder of its manifest is, on the same host or in the same bucket.
 */
public final class RemoteFolder implements FileSupply {
  private static final List<String> MANIFESTS = List.of("manifest.mpd", "master.m3u8");
  private static final int MOST_FILES = 100_000;
  private static final long MOST_BYTES = 20L << 30;
  private static final int PIECE_BYTES = 256 * 1024;

  private final Storage storage;
  private final String base;
  private final String name;
  private final @Nullable String query;
  private final Path folder;
  private int files;
  private long bytes;

  private RemoteFolder(
      Storage storage, String base, String name, @Nullable String query, Path folder) {
    this.storage = storage;
    this.base = base;
    this.name = name;
    this.query = query;
    this.folder = folder;
  }

  /**
   * @param url of a manifest, of a media file, or of a folder, which ends in a slash
   * @param folder gets the files
   * @throws StorageException with code {@code url-not-supported} if it has no path
   */
  public static RemoteFolder of(Storage storage, String url, Path folder) {
    boolean bucket = StorageUrl.isS3(url);
    int mark = bucket ? -1 : url.indexOf('?');
    String plain = mark < 0 ? url : url.substring(0, mark);
    int slash = plain.lastIndexOf('/');
    if (slash < plain.indexOf("//") + 2) {
      throw StorageException.notSupported(
          "The URL has no path.", "Write it as https://host/folder/manifest.mpd.");
    }
    String last = plain.substring(slash + 1);
    return new RemoteFolder(
        storage,
        plain.substring(0, slash + 1),
        bucket ? last : decoded(last),
        mark < 0 ? null : url.substring(mark + 1),
        folder);
  }

  private static String decoded(String name) {
    String path = URI.create("/" + name).getPath();
    return path.substring(1).replace('/', '_');
  }

  /**
   * Brings the manifests, or the media file.
   *
   * @return what is to be verified
   * @throws StorageException if there is none, or it cannot be read
   */
  public Path begin() {
    if (!name.isEmpty()) {
      bring(name, query, true);
      return folder.resolve(name);
    }
    MANIFESTS.forEach(manifest -> bring(manifest, query, false));
    return folder;
  }

  @Override
  public void supply(String file, @Nullable String itsQuery) {
    bring(file, itsQuery, false);
  }

  private void bring(String file, @Nullable String itsQuery, boolean needed) {
    Path place = folder.resolve(file).normalize();
    if (!place.startsWith(folder) || Files.exists(place)) {
      return;
    }
    InputFile remote = storage.input(url(file, itsQuery), null);
    try (MediaSource source = remote.open()) {
      files++;
      bytes += source.size();
      if (files > MOST_FILES || bytes > MOST_BYTES) {
        throw new DrmException(
            Blame.CALLER,
            "input-too-large",
            "The presentation that %s is of has more than %d files or %d bytes."
                .formatted(remote.name(), MOST_FILES, MOST_BYTES),
            "Copy it to this machine and verify it there.");
      }
      copy(source, place);
    } catch (StorageException e) {
      if (needed || !e.code().equals("storage-object-missing")) {
        throw e;
      }
    } catch (IOException e) {
      throw new DrmException(
          Blame.OUTPUT,
          "output-not-writable",
          "The temporary folder cannot be written: %s.".formatted(e.getClass().getSimpleName()),
          "Make room in it, or name another with java.io.tmpdir.",
          e);
    }
  }

  private static void copy(MediaSource source, Path place) throws IOException {
    Files.createDirectories(place.getParent());
    try (FileChannel out =
        FileChannel.open(place, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      byte[] piece = new byte[(int) Math.min(PIECE_BYTES, source.size())];
      for (long at = 0; at < source.size(); at += piece.length) {
        int length = (int) Math.min(piece.length, source.size() - at);
        source.read(at, piece, 0, length);
        ByteBuffer left = ByteBuffer.wrap(piece, 0, length);
        while (left.hasRemaining()) {
          out.write(left);
        }
      }
    }
  }

  private String url(String file, @Nullable String itsQuery) {
    if (StorageUrl.isS3(base)) {
      return base + file;
    }
    try {
      String path = new URI(null, null, "/" + file, null).getRawPath().substring(1);
      return base + path + (itsQuery == null ? "" : "?" + itsQuery);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a path is always a URI", e);
    }
  }
}
