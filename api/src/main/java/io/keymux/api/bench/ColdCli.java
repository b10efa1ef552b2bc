package io.keymux.api.bench;

import io.keymux.cpix.ProtectionScheme;
import io.keymux.packager.job.VerifyLevel;
import io.keymux.packager.media.Layout;
import io.keymux.packager.tool.ToolCommand;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How a user starts our command line: the start of the JVM is part of what is measured. Of the
 * bench's environment it gets no variable with JVM options.
 *
 * @param command the launcher, or the java binary with its flags, class path and main class
 * @param javaHome whether the command finds its JDK by {@code JAVA_HOME}
 * @param environment what is set besides
 * @param program what cases are called
 */
public record ColdCli(
    List<String> command, boolean javaHome, Map<String, String> environment, String program) {
  private static final String MAIN = "io.keymux.api.Main";

  /** Set by the launcher: its own path. */
  private static final String LAUNCHER = "keymux.launcher";

  /** An archive of classes fits one JDK only. */
  private static final List<String> ARCHIVES = List.of("-XX:SharedArchiveFile", "-XX:AOT");

  public ColdCli {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** The launcher that started this process, with its JDK; else this JVM with its {@code -X}. */
  public static ColdCli ofThisProgram() {
    String home = System.getProperty("java.home");
    String launcher = System.getProperty(LAUNCHER, "");
    if (!launcher.isEmpty()) {
      return new ColdCli(List.of(launcher), true, Map.of("JAVA_HOME", home), Label.COLD);
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(home, "bin", "java").toString());
    jvmFlags().filter(flag -> !flag.startsWith("-D" + LAUNCHER)).forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
    return of(command);
  }

  /** A program that takes our arguments, under the JDK that it finds by itself. */
  static ColdCli of(List<String> command) {
    return new ColdCli(command, false, Map.of(), Label.COLD);
  }

  /** What this JVM was started with, as far as it decides about speed. */
  static Stream<String> jvmFlags() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> flag.startsWith("-X") || flag.startsWith("-Dfile.encoding"));
  }

  ColdCli on(Jdk jdk) {
    if (javaHome) {
      return variant(command, "JAVA_HOME", jdk.home().toString(), jdk.name());
    }
    List<String> other = new ArrayList<>(command);
    other.set(0, jdk.java().toString());
    other.removeIf(flag -> ARCHIVES.stream().anyMatch(flag::startsWith));
    return new ColdCli(other, false, environment, program + ", " + jdk.name());
  }

  /**
   * On the first processors only.
   *
   * @param taskset the program of util-linux, which replaces itself by ours
   */
  ColdCli pinned(Path taskset, int cores) {
    List<String> pinned = new ArrayList<>(List.of(taskset.toString(), "-c"));
    pinned.add(cores == 1 ? "0" : "0-" + (cores - 1));
    pinned.addAll(command);
    return new ColdCli(pinned, javaHome, environment, program + ", " + cores(cores));
  }

  /**
   * With a limit to its heap, by the one variable that wins over the flags of a launcher.
   *
   * @param megabytes of 2^20 bytes
   */
  ColdCli heap(int megabytes) {
    String flag = "-Xmx" + megabytes + "m";
    return variant(command, "_JAVA_OPTIONS", flag, flag);
  }

  static String cores(int count) {
    return count == 1 ? "1 core" : count + " cores";
  }

  BenchCase packaging(
      BenchInputs inputs, ProtectionScheme scheme, Layout layout, VerifyLevel verify) {
    Label label = OwnCases.label(program, inputs, scheme, layout, verify);
    return packaging(
        inputs,
        label,
        List.of(
            "--scheme",
            scheme.fourCc(),
            "--layout",
            layout.name().toLowerCase(Locale.ROOT).replace('_', '-'),
            "--verify",
            verify.id()));
  }

  /**
   * @param arguments besides inputs, output and key
   */
  BenchCase packaging(BenchInputs inputs, Label label, List<String> arguments) {
    return new ToolCase(
        label,
        inputs,
        out -> {
          ToolCommand line = ToolCommand.of(Path.of(command.get(0)));
          environment.forEach(line::environment);
          command.stream().skip(1).forEach(line::args);
          line.args("package");
          inputs.files().forEach(file -> line.args(file.toString()));
          line.args("--content-id", "bench");
          arguments.forEach(line::args);
          line.args("-o", out.toString(), "--key").secretArg(TestKey.KID + ":" + TestKey.KEY);
          return List.of(line);
        });
  }

  private ColdCli variant(List<String> line, String variable, String value, String variant) {
    Map<String, String> all = new LinkedHashMap<>(environment);
    all.put(variable, value);
    return new ColdCli(line, javaHome, all, program + ", " + variant);
  }
}
