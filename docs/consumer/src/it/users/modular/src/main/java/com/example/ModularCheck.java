package com.example;

import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.xml.CpixReader;
import io.keymux.cpix.xml.CpixWriter;
import io.keymux.keyserver.SeedKeys;
import io.keymux.packager.JobResult;
import io.keymux.packager.Keymux;
import io.keymux.packager.job.PackagingJob;
import java.nio.file.Path;
import java.util.List;

/** Packages one file from a named module, with keys that went through a CPIX document. */
final class ModularCheck {
  private ModularCheck() {}

  public static void main(String[] args) throws InterruptedException {
    List<Module> modules =
        List.of(
            CpixDocument.class.getModule(), SeedKeys.class.getModule(), Keymux.class.getModule());
    List<String> names = modules.stream().map(Module::getName).toList();
    if (!names.equals(List.of("io.keymux.cpix", "io.keymux.keyserver", "io.keymux.packager"))) {
      throw new IllegalStateException("modules: " + names);
    }
    SeedKeys seed = SeedKeys.of(SecretBytes.copyOf(new byte[SeedKeys.SEED_BYTES]));
    KeyExchange keys = request -> CpixReader.read(CpixWriter.write(seed.exchange(request)));
    PackagingJob job =
        PackagingJob.builder().input(Path.of(args[0])).output(Path.of(args[1])).build();
    JobResult result = Keymux.packager().keys(keys).run(job);
    if (result.verification().samplesCompared() == 0) {
      throw new IllegalStateException("the job did not verify its output");
    }
  }
}
