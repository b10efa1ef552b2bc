package io.keymux.api.canary;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Where secrets are looked for: all that came out of the process, by the place where it stood. */
final class Evidence {
  private final Canaries canaries;
  private final Map<String, Set<String>> texts = new LinkedHashMap<>();
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final Set<String> places = new LinkedHashSet<>();

  Evidence(Canaries canaries) {
    this.canaries = canaries;
  }

  synchronized void add(String place, String text) {
    texts.computeIfAbsent(place, any -> new LinkedHashSet<>()).add(text);
  }

  /** All files below a folder, with their names. */
  void addFiles(Path folder, Predicate<Path> wanted) {
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path file : found.filter(Files::isRegularFile).filter(wanted).toList()) {
        add("names of files", folder.relativize(file).toString());
        String place = "%s, of %s".formatted(folder.relativize(file), changed(file));
        if (places.add(place)) {
          files.put(place, Files.readAllBytes(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The command line of this process and of all that it started. */
  void addProcesses() {
    ProcessHandle self = ProcessHandle.current();
    for (ProcessHandle process : Stream.concat(Stream.of(self), self.descendants()).toList()) {
      Path line = Path.of("/proc", Long.toString(process.pid()), "cmdline");
      try {
        add("command lines", Files.readString(line, UTF_8));
      } catch (NoSuchFileException e) {
        // It has ended meanwhile, or this system has no such files.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static String changed(Path file) throws IOException {
    return Files.getLastModifiedTime(file) + ", " + Files.size(file) + " bytes";
  }

  /** Where something was seen, until now. */
  synchronized Set<String> places() {
    return places;
  }

  /** Looks at all that was added since the last time. */
  synchronized void assertClean() {
    Set<String> leaks = new LinkedHashSet<>();
    texts.forEach(
        (place, all) ->
            all.forEach(
                text -> canaries.find(text).forEach(leak -> leaks.add(place + ": " + leak))));
    files.forEach(
        (place, bytes) -> canaries.find(bytes).forEach(leak -> leaks.add(place + ": " + leak)));
    places.addAll(texts.keySet());
    texts.clear();
    files.clear();
    assertThat(leaks).isEmpty();
  }
}
