package io.keymux.packager;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.KeyResolution;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.Track;
import io.keymux.cpix.TrackKeys.Assignment;
import io.keymux.cpix.UsageRule;
import io.keymux.packager.media.ThumbnailTrack;
import io.keymux.packager.plan.EncryptionPlan;
import io.keymux.packager.plan.OpenInputs;
import io.keymux.packager.plan.TrackPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a job would do; holds no key.
 *
 * @param rules as they go to the key server
 * @param keysAsked whether KIDs are the key server's, or only what it will be asked for
 * @param thumbnails images, which stay clear
 * @param files names of all media files and images, relative to the output folder
 * @param notes what is left out of the inputs and why
 */
public record JobPreview(
    String contentId,
    ProtectionScheme scheme,
    Set<DrmSystem> systems,
    List<UsageRule> rules,
    List<TrackPreview> tracks,
    List<ThumbnailTrack> thumbnails,
    boolean keysAsked,
    List<String> files,
    List<String> notes) {

  /**
   * One track.
   *
   * @param keyId or null if the track stays clear
   * @param rule the usage rule that gives it its key, in words, or why the track stays clear
   * @param segments how many
   * @param resolution what every usage rule says of the track, or null if it stays clear
   */
  public record TrackPreview(
      Track track,
      @Nullable KeyId keyId,
      String rule,
      int segments,
      @Nullable KeyResolution resolution) {}

  /**
   * @param requests one for each key period; none if nothing is encrypted
   */
  static JobPreview of(
      List<KeyRequest> requests, EncryptionPlan plan, OpenInputs inputs, boolean keysAsked) {
    List<TrackPreview> previews = new ArrayList<>();
    for (TrackPlan track : plan.tracks()) {
      previews.add(track(track, plan.keys().isEmpty() ? null : assignment(track, plan)));
    }
    List<String> files = new ArrayList<>(plan.files());
    inputs.thumbnails().forEach(track -> files.addAll(track.paths()));
    return new JobPreview(
        plan.job().contentId(),
        plan.job().protection().scheme(),
        plan.job().protection().systems(),
        requests.isEmpty() ? List.of() : requests.get(0).rules(),
        List.copyOf(previews),
        inputs.thumbnails(),
        keysAsked,
        List.copyOf(files),
        inputs.notes());
  }

  private static Assignment assignment(TrackPlan track, EncryptionPlan plan) {
    return plan.keys()
        .get(0)
        .of(track.source().keyTrack())
        .orElseThrow(() -> new IllegalStateException(track.name() + " was not planned"));
  }

  private static TrackPreview track(TrackPlan plan, @Nullable Assignment assignment) {
    if (assignment == null) {
      String why = "nothing is encrypted";
      return new TrackPreview(plan.source().track(), null, why, plan.segments().size(), null);
    }
    return new TrackPreview(
        plan.source().track(),
        plan.keyId(),
        plan.keyId() == null ? assignment.why() : plan.rule(),
        plan.segments().size(),
        assignment.resolution());
  }

  /** Keys that resolve as the real ones will. Nothing is ever encrypted with them. */
  static CpixDocument standIn(KeyRequest request) {
    SecretBytes nothing = SecretBytes.copyOf(new byte[ContentKey.SIZE_BYTES]);
    List<ContentKey> keys =
        request.keyIds().stream()
            .map(id -> new ContentKey(id, nothing, request.scheme(), null))
            .toList();
    return CpixDocument.ofKeys(request.contentId(), keys, request.rules());
  }
}
