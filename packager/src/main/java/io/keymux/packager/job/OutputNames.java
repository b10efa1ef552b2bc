package io.keymux.packager.job;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the files of an output are called: templates with variables in braces, each of which ends in
 * {@code .{format}}.
 *
 * <p>{@code subStreamNumber} counts tracks from 0, {@code segmentNumber} segments from 1. What a
 * value holds besides letters, digits and {@code . _ -} becomes {@code _}, so that no value makes a
 * folder or leaves one.
 *
 * @param manifest of {@code mpd} and {@code m3u8}, right in the output folder
 * @param track of a track's playlist and its init segment, or the file that holds it whole
 * @param segment of a track's segments
 * @param values of the other variables, as {@code inputName} and {@code definition}
 * @param unknown what becomes of a variable that has no value
 */
public record OutputNames(
    String manifest, String track, String segment, Map<String, String> values, Unknown unknown) {

  /** What becomes of a variable that is not known or has no value. */
  public enum Unknown {
    /** The job is refused. */
    REFUSED,
    /** It stands in the name as it is written, with its braces. */
    KEPT
  }

  /** Everything that a template may name in some place. */
  public static final Set<String> VARIABLES =
      Set.of(
          "inputName",
          "inputFormat",
          "definition",
          "format",
          "number",
          "taskId",
          "rand",
          "streamId",
          "subStreamNumber",
          "segmentNumber");

  private static final Pattern VARIABLE = Pattern.compile("\\{([^{}]*)}");
  private static final String END = ".{format}";

  /**
   * @throws InvalidJobException with code {@code invalid-output-name} if a template has an unknown
   *     variable that is refused, a form that is no relative path, or another ending; {@code
   *     manifest} may name no folder
   */
  public OutputNames {
    Map<String, String> safe = new HashMap<>();
    values.forEach((name, value) -> safe.put(name, safe(value)));
    values = Map.copyOf(safe);
    requireEnd("manifest", manifest);
    requireEnd("track", track);
    requireEnd("segment", segment);
    if (manifest.indexOf('/') >= 0) {
      throw OutputPath.invalid("manifest", manifest, "has a folder");
    }
  }

  /** The same with values that are not known yet. */
  public OutputNames with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(more);
    all.putAll(values);
    return new OutputNames(manifest, track, segment, all, unknown);
  }

  /**
   * A text with values in the place of its variables; those without a value stay as they are.
   *
   * @param text of any form, as a template or a part of one
   */
  public String fill(String text) {
    Matcher variables = VARIABLE.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (variables.find()) {
      String value = values.getOrDefault(variables.group(1), variables.group());
      variables.appendReplacement(filled, Matcher.quoteReplacement(value));
    }
    return variables.appendTail(filled).toString();
  }

  /**
   * The name of a manifest, or of what belongs to it.
   *
   * @param format the ending
   */
  public String manifest(String format) {
    return render("manifest", manifest, Map.of("format", format));
  }

  /**
   * Whether all variables have values.
   *
   * @throws InvalidJobException with code {@code invalid-output-name} if not, or if a name cannot
   *     be one of a file
   */
  void requireValues() {
    manifest("mpd");
    track(0, "m3u8");
    segment(0, 1, "m4s");
  }

  /** The names of the manifests that players open. */
  public List<String> manifests() {
    return List.of(manifest("mpd"), manifest("m3u8"));
  }

  /**
   * The name of a file of a track.
   *
   * @param number of the track, from 0
   */
  public String track(int number, String format) {
    return render(
        "track", track, Map.of("format", format, "subStreamNumber", Integer.toString(number)));
  }

  /**
   * The name of a segment's file.
   *
   * @param number of the track, from 0
   * @param segmentNumber from 1
   */
  public String segment(int number, int segmentNumber, String format) {
    String text = Integer.toString(segmentNumber);
    return render(
        "segment",
        segment,
        Map.of(
            "format",
            format,
            "subStreamNumber",
            Integer.toString(number),
            "segmentNumber",
            text,
            "number",
            text));
  }

  private String render(String field, String template, Map<String, String> here) {
    Matcher variables = VARIABLE.matcher(template);
    StringBuilder name = new StringBuilder();
    while (variables.find()) {
      String variable = variables.group(1);
      String value = here.get(variable);
      if (value == null) {
        value = values.get(variable);
      }
      variables.appendReplacement(
          name, Matcher.quoteReplacement(value == null ? missing(field, variable) : value));
    }
    variables.appendTail(name);
    return OutputPath.require(field, name.toString(), unknown == Unknown.KEPT);
  }

  private String missing(String field, String variable) {
    if (unknown == Unknown.KEPT) {
      return "{" + variable + "}";
    }
    throw new InvalidJobException(
        "invalid-output-name",
        "output.names." + field,
        VARIABLES.contains(variable)
            ? "{" + variable + "} has no value here."
            : "{" + OutputPath.shown(variable) + "} is no variable.",
        "Use " + String.join(", ", VARIABLES.stream().sorted().toList()) + ".");
  }

  private static void requireEnd(String field, @Nullable String template) {
    if (template == null || !template.endsWith(END) || template.length() == END.length()) {
      throw OutputPath.invalid(field, String.valueOf(template), "does not end in .{format}");
    }
  }

  private static String safe(String value) {
    String composed = Normalizer.normalize(value, Normalizer.Form.NFC);
    String plain = composed.replaceAll("[^\\p{L}\\p{M}\\p{N}._-]", "_");
    return plain.startsWith(".") ? "_" + plain.substring(1) : plain;
  }
}
