package io.keymux.api.mps.translation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.api.cli.SampleLadder;
import io.keymux.api.config.MpsSettings;
import io.keymux.api.database.Database;
import io.keymux.api.mps.MpsSamples;
import io.keymux.api.mps.ProcessMediaSample;
import io.keymux.api.mps.request.Fields;
import io.keymux.api.mps.template.TemplateStore;
import io.keymux.api.mps.template.Templates;
import io.keymux.api.mps.wish.MediaReader;
import io.keymux.api.mps.wish.MediaWish;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** From parameters to jobs, with templates in a database. */
final class TranslationRig implements AfterAllCallback {
  static final String TASK = "1000000000-WorkflowTask-1t0";
  static final MpsSettings SETTINGS = MpsSamples.settings("AKID", "secret");

  private final Path folder;
  private final Database database;
  private final Templates templates;

  TranslationRig() {
    try {
      folder = Files.createTempDirectory("keymux-translation-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    database = Database.embedded(folder);
    templates = new Templates(new TemplateStore(database), Clock.systemUTC());
  }

  /** The number of a new template. */
  long template(String format, @Nullable String segmentType) {
    String type = segmentType == null ? "" : ",\"SegmentType\":\"" + segmentType + "\"";
    String json =
        "{\"Format\":\"%s\",\"StreamInfos\":[{\"Video\":{\"HlsTime\":4}}]%s}"
            .formatted(format, type);
    return templates
        .create("acme", Fields.ofJson(json.getBytes(UTF_8)))
        .path("Definition")
        .asLong();
  }

  List<StreamPlan> translate(MpsSettings settings, ProcessMediaSample sample) {
    MediaWish wish = new MediaReader(settings.buckets()).read(sample.fields());
    return new Translation(settings)
        .translate(wish, TASK, stream -> templates.get("acme", stream.definition(), "Definition"));
  }

  StreamPlan one(ProcessMediaSample sample) {
    return translate(SETTINGS, sample).get(0);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    database.close();
    SampleLadder.deleteTree(folder);
  }
}
