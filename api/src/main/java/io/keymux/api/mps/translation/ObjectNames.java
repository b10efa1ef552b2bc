package io.keymux.api.mps.translation;

import io.keymux.api.mps.problem.MpsException;
import io.keymux.api.mps.wish.ObjectPath;
import io.keymux.api.mps.wish.StreamWish;
import java.util.Map;
import java.util.TreeMap;

/**
 * Fills variables into the names of outputs. Those that are not known stay as they are, as
 * Tencent's service has it.
 *
 * @param folder begins and ends with a slash
 */
record ObjectNames(ObjectPath source, String folder) {
  private static final String USUAL = "{inputName}_adaptiveDynamicStreaming_{definition}.{format}";
  private static final String END = ".{format}";

  /**
   * Where the manifest is in its bucket.
   *
   * @param format {@code m3u8} or {@code mpd}
   * @throws MpsException with code {@code InvalidParameterValue} if the name does not end with
   *     {@code .{format}}, or leads out of the bucket
   */
  ObjectPath manifest(StreamWish stream, String format) {
    String at = stream.at() + ".OutputObjectPath";
    String wish = stream.objectPath() == null ? USUAL : stream.objectPath();
    if (!wish.endsWith(END)) {
      throw MpsException.invalidValue(at, "does not end with .{format}", "Add it.");
    }
    Map<String, String> variables = new TreeMap<>();
    variables.put("inputName", source.name());
    variables.put("inputFormat", source.format());
    variables.put("definition", Long.toString(stream.definition()));
    variables.put("format", format);
    String path = wish.startsWith("/") ? wish : folder + wish;
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      path = path.replace("{" + variable.getKey() + "}", variable.getValue());
    }
    return ObjectPath.of(path, at, "OutputObjectPath");
  }
}
