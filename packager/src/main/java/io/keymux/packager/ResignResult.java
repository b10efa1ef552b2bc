package io.keymux.packager;

import io.keymux.cpix.KeyId;
import io.keymux.packager.job.ResignJob;
import io.keymux.packager.verify.VerificationReport;
import java.util.List;

/**
 * What became of an asset that was signalled anew; holds no key.
 *
 * @param keyIds of the asset, as before
 * @param manifests relative to the output folder
 * @param verification empty with {@code VerifyLevel.NONE}
 */
public record ResignResult(
    ResignJob job, List<KeyId> keyIds, List<String> manifests, VerificationReport verification) {
  public ResignResult {
    keyIds = List.copyOf(keyIds);
    manifests = List.copyOf(manifests);
  }
}
