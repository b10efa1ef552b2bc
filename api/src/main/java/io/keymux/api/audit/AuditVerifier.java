package io.keymux.api.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.SecretBytes;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads audit logs and says of each line whether it is as it was written. */
public final class AuditVerifier {
  private static final int MOST_FAULTS = 100;

  private final AuditChain chain;
  private final AuditFolder folder;
  private final List<Fault> faults = new ArrayList<>();
  private long lines;

  private AuditVerifier(AuditFolder folder, AuditChain chain) {
    this.folder = folder;
    this.chain = chain;
  }

  /**
   * A line that is not as it was written.
   *
   * @param file with its folder
   * @param line from 1; 0 for the whole file
   * @param problem as {@code entry 7 is missing before it}
   */
  public record Fault(Path file, long line, String problem) {}

  /**
   * What was found.
   *
   * @param lines that were read
   * @param faults in the order of the log, the first {@value #MOST_FAULTS}
   */
  public record Report(long lines, List<Fault> faults) {
    public Report {
      faults = List.copyOf(faults);
    }
  }

  /**
   * Reads all logs of a data directory.
   *
   * @param key of the chain; null for the one that is kept beside the log
   * @throws AuditException if there is no log, or no key
   */
  public static Report verify(Path data, @Nullable SecretBytes key) {
    AuditFolder folder = AuditFolder.of(data);
    try {
      List<Path> chains = folder.chains();
      if (chains.isEmpty()) {
        throw AuditException.unreadable(folder.path(), null);
      }
      AuditVerifier verifier =
          new AuditVerifier(folder, new AuditChain(key == null ? folder.key() : key));
      for (Path each : chains) {
        verifier.read(each);
      }
      return new Report(verifier.lines, verifier.faults);
    } catch (IOException e) {
      throw AuditException.unreadable(folder.path(), e);
    }
  }

  private void read(Path path) throws IOException {
    // A service may be writing: what it confirmed before it was read must be there.
    AuditChain.Line confirmed = AuditChain.Line.read(AuditFolder.readHead(path));
    State state = new State();
    for (Path file : AuditFolder.files(path)) {
      try (BufferedReader in = Files.newBufferedReader(file, UTF_8)) {
        long number = 0;
        for (String text = in.readLine(); text != null; text = in.readLine()) {
          number++;
          lines++;
          check(state, file, number, text);
        }
      }
    }
    if (confirmed != null && confirmed.seq() >= state.expected) {
      fault(
          AuditFolder.head(path),
          0,
          "the log ends before entry %d, which was written".formatted(confirmed.seq()));
    }
  }

  /** Where a reader is in a chain. */
  private static final class State {
    private long expected = 1;
    private String mac = AuditChain.START;
  }

  private void check(State state, Path file, long number, String text) {
    AuditChain.Line line = AuditChain.Line.read(text);
    if (line == null) {
      fault(file, number, "is no line of an audit log");
      return;
    }
    if (line.seq() < state.expected) {
      fault(file, number, "entry %d is out of order or there twice".formatted(line.seq()));
      return;
    }
    if (line.seq() > state.expected) {
      String missing =
          line.seq() == state.expected + 1
              ? "entry %d is missing".formatted(state.expected)
              : "entries %d to %d are missing".formatted(state.expected, line.seq() - 1);
      fault(file, number, missing + " before it");
    } else if (!chain.follows(state.mac, line)) {
      fault(file, number, "entry %d was changed".formatted(line.seq()));
    }
    state.expected = line.seq() + 1;
    state.mac = line.mac();
  }

  private void fault(Path file, long line, String problem) {
    if (faults.size() < MOST_FAULTS) {
      faults.add(new Fault(folder.path().relativize(file), line, problem));
    }
  }
}
