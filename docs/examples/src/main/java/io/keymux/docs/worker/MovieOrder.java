package io.keymux.docs.worker;

import io.keymux.packager.job.PackagingJob;
import java.nio.file.Path;
import java.util.List;

/**
 * What a message of a queue asks for. It holds no key: the content id is what keys are found by, so
 * an order that runs twice has the same keys.
 *
 * @param contentId the asset, {@code [A-Za-z0-9_-]{1,128}}
 * @param inputs MP4 files, at least one
 * @param output the folder that gets the result
 */
public record MovieOrder(String contentId, List<String> inputs, String output) {
  public MovieOrder {
    inputs = List.copyOf(inputs);
  }

  /**
   * @throws io.keymux.packager.job.InvalidJobException naming the field, if it cannot be done
   */
  public PackagingJob job() {
    PackagingJob.Builder job = PackagingJob.builder().contentId(contentId).output(Path.of(output));
    inputs.forEach(input -> job.input(Path.of(input)));
    return job.build();
  }
}
