package io.keymux.api.cli;

import com.fasterxml.jackson.annotation.JsonValue;
import io.keymux.packager.tool.InstalledTool;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One thing that {@code doctor} looked at.
 *
 * @param found what is there: a version, a path, a speed
 * @param usedFor what it is for
 * @param remedy what to do if the verdict is not {@link Verdict#OK}
 */
record Check(String name, Verdict verdict, String found, String usedFor, String remedy) {

  /** How it stands. */
  enum Verdict {
    OK,
    /** Not there; only what it is used for does not work. */
    ABSENT,
    /** There, but of a version without what it is used for. */
    OLD,
    /** Works, but slower than it should. */
    SLOW,
    /** Needed for everything and not usable. */
    BROKEN;

    @JsonValue
    String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final int MEBIBYTE = 1 << 20;
  private static final int CHUNK = 16 * 1024;

  /** Software AES stays well below this, AES instructions well above. */
  private static final double INSTRUCTIONS_MB_PER_SECOND = 600;

  private static final long PATIENCE_NANOS = 3_000_000_000L;

  static List<Check> ofJava() {
    Runtime.Version version = Runtime.version();
    Check java =
        new Check(
            "java",
            version.feature() >= 17 ? Verdict.OK : Verdict.BROKEN,
            version
                + ", "
                + Runtime.getRuntime().availableProcessors()
                + " processors, heap limit "
                + Runtime.getRuntime().maxMemory() / MEBIBYTE
                + " MiB",
            "everything",
            "Install a JDK of version 17 or newer.");
    return List.of(java, aes());
  }

  private static Check aes() {
    double speed = aesMegabytesPerSecond();
    return new Check(
        "aes",
        speed >= INSTRUCTIONS_MB_PER_SECOND ? Verdict.OK : Verdict.SLOW,
        "%.0f MB/s on one thread".formatted(speed),
        "encryption",
        "Check that the processor's AES instructions are visible here and that the JVM runs with"
            + " its C2 compiler.");
  }

  /** The best of runs over one MiB, until it is good or the JVM had time enough to compile. */
  private static double aesMegabytesPerSecond() {
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(new byte[16], "AES"),
          new IvParameterSpec(new byte[16]));
      byte[] data = new byte[CHUNK];
      double best = 0;
      long end = System.nanoTime() + PATIENCE_NANOS;
      while (System.nanoTime() < end && best < INSTRUCTIONS_MB_PER_SECOND) {
        long start = System.nanoTime();
        for (int done = 0; done < MEBIBYTE; done += CHUNK) {
          cipher.update(data, 0, CHUNK, data, 0);
        }
        best = Math.max(best, MEBIBYTE * 1e3 / (System.nanoTime() - start));
      }
      return best;
    } catch (GeneralSecurityException e) {
      return 0;
    }
  }

  static Check ofData(Path path) {
    String remedy = "Name another folder with --data or KEYMUX_DATA, or correct its mode.";
    String usedFor = "the key seed and jobs' output";
    if (!Files.exists(path)) {
      Path parent = path;
      while (parent != null && !Files.exists(parent)) {
        parent = parent.getParent();
      }
      boolean can = parent != null && Files.isDirectory(parent) && Files.isWritable(parent);
      return new Check(
          "data",
          can ? Verdict.OK : Verdict.BROKEN,
          path + (can ? ", made at the first use" : ", cannot be made"),
          usedFor,
          remedy);
    }
    boolean can = Files.isDirectory(path) && Files.isWritable(path);
    return new Check(
        "data",
        can ? Verdict.OK : Verdict.BROKEN,
        path + (can ? "" : ", not a folder that can be written to"),
        usedFor,
        remedy);
  }

  static List<Check> ofTools(Map<String, String> environment) throws InterruptedException {
    List<Check> checks = new ArrayList<>();
    for (Tool tool : Tool.values()) {
      checks.add(tool.check(environment));
    }
    checks.add(Bento4Check.of(environment));
    return checks;
  }

  /** Programs of others; nothing in the product needs one. */
  private enum Tool {
    FFMPEG("ffmpeg", "ffmpeg", "FFMPEG", "", "tests: decrypting our output", "-version"),
    CHROMIUM("chromium", "chromium", "CHROMIUM", "", "tests: playing our output", "--version"),
    SHAKA(
        "shaka-packager",
        "packager",
        "SHAKA_PACKAGER",
        "",
        "tests: decrypting our output; bench",
        "--version"),
    GPAC("gpac", "gpac", "GPAC", "", "bench", "-version");

    private final String title;
    private final String program;
    private final String variable;
    private final String folder;
    private final String usedFor;
    private final String versionFlag;

    Tool(
        String title,
        String program,
        String variable,
        String folder,
        String usedFor,
        String versionFlag) {
      this.title = title;
      this.program = program;
      this.variable = variable;
      this.folder = folder;
      this.usedFor = usedFor;
      this.versionFlag = versionFlag;
    }

    Check check(Map<String, String> environment) throws InterruptedException {
      Optional<InstalledTool> found = find(environment);
      if (found.isEmpty()) {
        return new Check(
            title,
            Verdict.ABSENT,
            "not found",
            usedFor,
            "Only for " + usedFor + ": put " + program + " on PATH or set " + variable + ".");
      }
      String version =
          found
              .get()
              .version(versionFlag.isEmpty() ? new String[0] : new String[] {versionFlag})
              .orElse("version unknown");
      return new Check(title, Verdict.OK, version + ", " + found.get().path(), usedFor, "");
    }

    private Optional<InstalledTool> find(Map<String, String> environment) {
      String named = environment.getOrDefault(variable, "");
      if (!named.isEmpty()) {
        File file = new File(named);
        String inside = folder.isEmpty() ? named : named + File.separator + folder;
        Optional<InstalledTool> there =
            file.isFile() && file.canExecute()
                ? Optional.of(new InstalledTool(file.toPath().toAbsolutePath()))
                : InstalledTool.find(program, inside);
        if (there.isPresent()) {
          return there;
        }
      }
      String path = environment.getOrDefault("PATH", "");
      Optional<InstalledTool> first = InstalledTool.find(program, path);
      return first.isPresent() || this != SHAKA
          ? first
          : InstalledTool.find("shaka-packager", path);
    }
  }
}
