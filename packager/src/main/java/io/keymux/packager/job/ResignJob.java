package io.keymux.packager.job;

import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.signaling.SignalingSettings;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A wish to signal a packaged asset anew: other DRM systems, another key server's data, other
 * licence URLs. Its media stays as it is, and so do its KIDs, scheme and IVs.
 *
 * @param asset a folder with {@code manifest.mpd} or {@code master.m3u8}, or one of these files
 * @param output the folder that gets the result; another than that of the asset
 * @param contentId as the key server knows the asset, {@code [A-Za-z0-9_-]{1,128}}
 * @param systems DRM systems in the order of their signalling, at least one
 * @param keyRule by which keys are asked for, or null to choose the first that fits which tracks
 *     share a key
 * @param verify {@link VerifyLevel#NONE} publishes what was not verified; with {@link
 *     VerifyLevel#STRUCTURE} nothing is decrypted; else all samples are
 */
public record ResignJob(
    Path asset,
    Path output,
    String contentId,
    Set<DrmSystem> systems,
    SignalingSettings signaling,
    @Nullable KeyRule keyRule,
    VerifyLevel verify) {
  /**
   * @throws InvalidJobException naming the field, if it cannot be done
   */
  public ResignJob {
    systems = Collections.unmodifiableSet(new LinkedHashSet<>(systems));
    ContentIds.require(contentId);
    for (DrmSystem system : Set.of(DrmSystem.AES_128, DrmSystem.SAMPLE_AES)) {
      if (systems.contains(system)) {
        throw new InvalidJobException(
            "system-not-alone",
            "protection.systems",
            system.id()
                + " is another encryption than that of an asset that can be signalled anew.",
            "Package the asset anew, or leave " + system.id() + " out.");
      }
    }
  }
}
