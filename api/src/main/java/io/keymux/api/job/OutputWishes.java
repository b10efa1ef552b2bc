package io.keymux.api.job;

import io.keymux.packager.job.InvalidJobException;
import io.keymux.packager.job.OutputNames;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a client wishes the files of an output to be called. */
public final class OutputWishes {
  private static final String MANIFEST = "{inputName}.{format}";
  private static final String TRACK = "{inputName}_{subStreamNumber}.{format}";
  private static final String SEGMENT = "{inputName}_{subStreamNumber}_{segmentNumber}.{format}";

  private OutputWishes() {}

  /**
   * The names of a job's files, the same whenever they are asked for; null for the usual ones.
   *
   * @param id of the job; {@code rand} follows from it
   * @throws io.keymux.packager.job.InvalidJobException with code {@code invalid-output-name}
   */
  public static @Nullable OutputNames names(JobSpec spec, String id) {
    JobSpec.Output output = spec.output();
    JobSpec.Names wish = output == null ? null : output.names();
    if (wish == null) {
      return null;
    }
    Map<String, String> values = new HashMap<>();
    values.put("taskId", id);
    values.put("rand", rand(id));
    put(values, "definition", wish.definition());
    put(values, "streamId", wish.streamId());
    JobSpec.Input input = first(spec);
    if (input != null && input.url() != null) {
      putInput(values, input, input.url());
    }
    return new OutputNames(
        Objects.requireNonNullElse(wish.manifest(), MANIFEST),
        Objects.requireNonNullElse(wish.track(), TRACK),
        Objects.requireNonNullElse(wish.segment(), SEGMENT),
        values,
        unknown(Objects.requireNonNullElse(wish.unknown(), "refused")));
  }

  private static OutputNames.Unknown unknown(String wish) {
    return switch (wish) {
      case "refused" -> OutputNames.Unknown.REFUSED;
      case "kept" -> OutputNames.Unknown.KEPT;
      default ->
          throw new InvalidJobException(
              "invalid-output-name",
              "output.names.unknown",
              "It is not refused or kept.",
              "Use one of them, or leave it out.");
    };
  }

  private static JobSpec.@Nullable Input first(JobSpec spec) {
    List<JobSpec.Input> several = spec.inputs();
    return spec.input() != null || several == null || several.isEmpty()
        ? spec.input()
        : several.get(0);
  }

  /** All initialization segments and playlists have the same names: their folder tells more. */
  private static void putInput(Map<String, String> values, JobSpec.Input input, String url) {
    String[] parts = url.replaceFirst("[?#].*$", "").split("/", -1);
    String file = parts[parts.length - 1];
    int dot = file.lastIndexOf('.');
    boolean inFolder = parts.length > 4 && (input.segments() != null || file.endsWith(".m3u8"));
    String name = inFolder ? parts[parts.length - 2] : dot > 0 ? file.substring(0, dot) : file;
    values.put("inputName", name.isEmpty() ? "input" : name);
    values.put("inputFormat", file.substring(dot + 1));
  }

  private static void put(Map<String, String> values, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      values.put(name, value);
    }
  }

  /**
   * Eight digits that look as if they came by chance.
   *
   * @param id that they follow from, so that a job which is tried again writes the same names
   */
  public static String rand(String id) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
