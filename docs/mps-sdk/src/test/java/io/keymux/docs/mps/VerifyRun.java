package io.keymux.docs.mps;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.keymux.api.cli.Cli;
import io.keymux.api.cli.Console;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code keymux verify} said of an output in a bucket, with the keys of the service's seed.
 */
record VerifyRun(int samplesDecrypted, int samplesEqualToSource) {

  /**
   * Runs it and asserts that it passed.
   *
   * @param manifest in its bucket, from the slash on
   * @param source that the output was made of
   */
  static VerifyRun passed(MpsRig rig, String manifest, Path source) {
    Map<String, String> environment = new HashMap<>(rig.environment);
    environment.put("KEYMUX_DATA", rig.data.toString());
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Console console =
        new Console(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            new ByteArrayInputStream(new byte[0]),
            environment,
            0);
    List<String> words =
        List.of(
            "verify",
            "s3://" + TestBuckets.OUT + manifest,
            "--source",
            source.toString(),
            "--config",
            rig.config.toString(),
            "--report",
            "json");
    int code = Cli.run(console, words.toArray(String[]::new));
    assertThat(code).as(out.toString() + err).isZero();
    JsonObject report = new Gson().fromJson(out.toString(), JsonObject.class);
    return new VerifyRun(
        report.get("samplesDecrypted").getAsInt(), report.get("samplesEqualToSource").getAsInt());
  }
}
