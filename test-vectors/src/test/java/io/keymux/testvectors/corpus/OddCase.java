package io.keymux.testvectors.corpus;

import io.keymux.testvectors.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One line of {@code cases.txt}.
 *
 * @param area the heading it stands under
 * @param base the whole file that is changed
 * @param how the steps, see {@link OddFile}
 * @param refusal the error code, empty if it is packaged
 * @param wishes what else holds of the result, see {@link Expected}
 */
record OddCase(
    String id, String area, String base, String how, String refusal, Map<String, String> wishes) {
  private static final Path FOLDER = Repository.file("test-vectors/vectors/corpus");

  OddCase {
    wishes = Map.copyOf(wishes);
  }

  static List<OddCase> all() throws IOException {
    List<OddCase> cases = new ArrayList<>();
    String area = "";
    for (String line : Files.readAllLines(FOLDER.resolve("cases.txt"))) {
      if (line.startsWith("## ")) {
        area = line.substring(3);
      } else if (!line.isBlank() && !line.startsWith("#")) {
        cases.add(of(area, line));
      }
    }
    return cases;
  }

  private static OddCase of(String area, String line) {
    String[] columns = line.split("\\|", -1);
    if (columns.length != 4) {
      throw new IllegalArgumentException("four columns wanted: " + line);
    }
    List<String> then = Arrays.asList(columns[3].strip().split("\\s+", -1));
    boolean refused = then.get(0).equals("refused");
    if (!refused && !then.get(0).equals("packaged")) {
      throw new IllegalArgumentException("packaged or refused: " + line);
    }
    Map<String, String> wishes = new HashMap<>();
    for (String wish : then.subList(refused ? 2 : 1, then.size())) {
      wishes.put(wish.replaceFirst("=.*", ""), wish.replaceFirst("[^=]*=", ""));
    }
    return new OddCase(
        columns[0].strip(),
        area,
        columns[1].strip(),
        columns[2].strip(),
        refused ? then.get(1) : "",
        wishes);
  }

  boolean isRefused() {
    return !refusal.isEmpty();
  }

  Path basePath() {
    return base(base);
  }

  /** A whole file by its name. */
  static Path base(String name) {
    return FOLDER.resolve("base").resolve(name.equals("qt") ? "qt.mov" : name + ".mp4");
  }

  byte[] make() throws IOException {
    return OddFile.make(basePath(), how);
  }

  @Override
  public String toString() {
    return id;
  }
}
