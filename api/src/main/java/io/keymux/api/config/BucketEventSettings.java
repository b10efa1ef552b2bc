package io.keymux.api.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keymux.cpix.SecretBytes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A queue that S3 tells of new objects, and what is done with them.
 *
 * @param queue its name
 * @param region of queue and bucket
 * @param accessKeyId that reads the queue, and the bucket unless the template says otherwise
 * @param secretAccessKey in UTF-8
 * @param tenant who owns the tasks
 * @param prefix that keys of objects must have
 * @param suffix that keys of objects must have
 * @param processMedia the body of ProcessMedia without {@code InputInfo}
 * @param processMediaSecrets values of {@code ${env:NAME}} in it; by JSON pointer
 */
public record BucketEventSettings(
    String queue,
    String region,
    String accessKeyId,
    SecretBytes secretAccessKey,
    String tenant,
    @Nullable String prefix,
    @Nullable String suffix,
    ObjectNode processMedia,
    Map<String, SecretBytes> processMediaSecrets) {
  public BucketEventSettings {
    processMedia = processMedia.deepCopy();
    processMediaSecrets = Map.copyOf(processMediaSecrets);
  }
}
