package io.keymux.api.mps.translation;

import io.keymux.api.job.JobSpec;
import io.keymux.api.job.OutputWishes;
import io.keymux.api.mps.problem.MpsException;
import io.keymux.api.mps.wish.ObjectPath;
import io.keymux.api.mps.wish.StreamWish;
import io.keymux.packager.job.InvalidJobException;
import io.keymux.packager.job.OutputNames;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Where the files of a stream go, and how they are called. Variables that are not known, or have no
 * value, stay as they are, as Tencent's service has it.
 *
 * @param folder of the manifest in its bucket, with a slash at the end
 * @param names below the folder, in which all is filled in that is the same for all files
 */
record StreamFiles(ObjectPath folder, OutputNames names) {
  private static final String USUAL = "{inputName}_adaptiveDynamicStreaming_{definition}";
  private static final String END = ".{format}";

  /** Which parameter gives a name, by the field of the job's. */
  private static final Map<String, String> PARAMETERS =
      Map.of(
          "output.names.manifest", "OutputObjectPath",
          "output.names.track", "SubStreamObjectName",
          "output.names.segment", "SegmentObjectName");

  /**
   * @param source the input's path
   * @param outputDir begins and ends with a slash
   * @param id of the task and the number of the stream in it; {@code rand} follows from it
   * @param format of the manifest: {@code m3u8} or {@code mpd}
   * @throws MpsException with code {@code InvalidParameterValue}, perhaps with a kind, if a name
   *     does not end with {@code .{format}}, leads astray or cannot be that of a file
   */
  static StreamFiles of(
      StreamWish stream, ObjectPath source, String outputDir, StreamId id, String format) {
    Map<String, String> values =
        Map.of(
            "inputName", source.name(),
            "inputFormat", source.format(),
            "definition", Long.toString(stream.definition()),
            "taskId", id.task(),
            "rand", OutputWishes.rand(id.task() + "-" + id.number()));
    String wish = Objects.requireNonNullElse(stream.objectPath(), USUAL + END);
    String path = wish.startsWith("/") ? wish : outputDir + wish;
    int name = path.lastIndexOf('/') + 1;
    try {
      OutputNames wished =
          new OutputNames(
              path.substring(name),
              Objects.requireNonNullElse(
                  stream.subStreamName(), USUAL + "_{subStreamNumber}" + END),
              Objects.requireNonNullElse(
                  stream.segmentName(), USUAL + "_{subStreamNumber}_{segmentNumber}" + END),
              values,
              OutputNames.Unknown.KEPT);
      StreamFiles files =
          new StreamFiles(
              ObjectPath.of(
                  wished.fill(path.substring(0, name)).replace("{format}", format),
                  stream.at() + ".OutputObjectPath",
                  "OutputObjectPath"),
              new OutputNames(
                  wished.fill(wished.manifest()),
                  wished.fill(wished.track()),
                  wished.fill(wished.segment()),
                  Map.of(),
                  OutputNames.Unknown.KEPT));
      files.samples();
      return files;
    } catch (InvalidJobException e) {
      String parameter = PARAMETERS.getOrDefault(e.field(), "OutputObjectPath");
      throw MpsException.of(
          "InvalidParameterValue",
          stream.at() + "." + parameter + e.problem().substring(e.field().length()),
          "Write it as " + USUAL + END + ".");
    }
  }

  /**
   * The task of a call, and a stream in it.
   *
   * @param number from 0
   */
  record StreamId(String task, int number) {}

  /** The manifest in its bucket. */
  ObjectPath manifest(String format) {
    return new ObjectPath(folder.text() + names.manifest(format));
  }

  /** For the job, whose output is the folder. */
  JobSpec.Names wish() {
    return new JobSpec.Names(names.manifest(), names.track(), names.segment(), null, null, "kept");
  }

  /**
   * One file's path of each kind in its bucket, by the parameter that names it, as file systems
   * without case see it: a stream that has one of them would overwrite this one.
   */
  Map<String, String> samples() {
    Map<String, String> samples = new LinkedHashMap<>();
    samples.put("OutputObjectPath", sample(names.manifest("m")));
    samples.put("SubStreamObjectName", sample(names.track(0, "t")));
    samples.put("SegmentObjectName", sample(names.segment(0, 1, "s")));
    return samples;
  }

  private String sample(String name) {
    return (folder.text() + name).toLowerCase(Locale.ROOT);
  }
}
