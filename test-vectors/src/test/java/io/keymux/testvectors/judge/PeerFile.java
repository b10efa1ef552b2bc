package io.keymux.testvectors.judge;

import io.keymux.testvectors.Repository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file that another packager encrypted.
 *
 * @param source name of the clear source without its ending
 * @param handler of the tracks that were taken from the source; empty: all
 */
record PeerFile(Path file, String source, String handler) {
  static final String KEY = "32333435363738393021323334353637";
  static final KeyRing KEYS = KeyRing.empty().with("31323334353637383930313233343536", KEY);

  /** Every file there is; one stand-in where the third-party vectors are missing. */
  static Stream<PeerFile> all() {
    if (!Repository.hasThirdParty()) {
      return Stream.of(new PeerFile(Path.of("third-party vectors"), "", ""));
    }
    List<PeerFile> files = new ArrayList<>();
    for (Path file : Repository.list(Repository.thirdParty("packaging/shaka-generated"), ".mp4")) {
      List<String> parts = parts(file);
      files.add(new PeerFile(file, parts.get(1), parts.get(2).equals("video") ? "vide" : "soun"));
    }
    for (Path file : Repository.list(Repository.thirdParty("packaging/bento4-generated"), ".mp4")) {
      files.add(new PeerFile(file, parts(file).get(2), ""));
    }
    return files.stream();
  }

  private static List<String> parts(Path file) {
    return List.of(file.getFileName().toString().split("\\.", -1));
  }

  boolean isCens() {
    return toString().contains("cens.") || toString().contains("CENS.");
  }

  @Override
  public String toString() {
    return file.getFileName().toString();
  }
}
