package io.keymux.api.job;

import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.RuleVerdict;
import io.keymux.cpix.Track;
import io.keymux.cpix.UsageRule;
import io.keymux.packager.JobPreview;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A plan as JSON; holds no key.
 *
 * @param keysAsked whether KIDs are the key server's, or only what it will be asked for
 */
public record PlanView(
    String contentId,
    String scheme,
    List<String> systems,
    boolean keysAsked,
    List<PlannedTrack> tracks,
    List<ThumbnailView> thumbnails,
    List<Rule> rules,
    List<String> files,
    List<String> notes) {

  /**
   * @param keyId or null if the track stays clear
   * @param rule that gives it its key, in words, or why it stays clear
   * @param verdicts what each usage rule says of it; empty if the track stays clear
   */
  public record PlannedTrack(
      TrackView track,
      boolean encrypted,
      @Nullable String keyId,
      String rule,
      int segments,
      List<Verdict> verdicts) {}

  /**
   * What one usage rule says of one track.
   *
   * @param rule counted from 1
   * @param result {@code matched}, {@code failed} or {@code unusable}
   * @param reason one sentence
   */
  public record Verdict(
      int rule, String keyId, String intendedTrackType, String result, String reason) {
    public static Verdict of(RuleVerdict verdict) {
      return new Verdict(
          verdict.number(),
          verdict.rule().keyId().toString(),
          verdict.rule().intendedTrackType(),
          verdict.result().name().toLowerCase(Locale.ROOT),
          verdict.explain());
    }
  }

  /**
   * @param filters in words
   */
  public record Rule(String keyId, String intendedTrackType, List<String> filters) {
    static Rule of(UsageRule rule) {
      return new Rule(
          rule.keyId().toString(),
          rule.intendedTrackType(),
          rule.filters().stream().map(String::valueOf).toList());
    }
  }

  public static PlanView of(JobPreview plan) {
    return new PlanView(
        plan.contentId(),
        plan.scheme().fourCc(),
        plan.systems().stream().map(DrmSystem::id).toList(),
        plan.keysAsked(),
        plan.tracks().stream().map(PlanView::track).toList(),
        plan.thumbnails().stream().map(ThumbnailView::of).toList(),
        plan.rules().stream().map(Rule::of).toList(),
        plan.files(),
        plan.notes());
  }

  private static PlannedTrack track(JobPreview.TrackPreview preview) {
    Track track = preview.track();
    return new PlannedTrack(
        TrackView.of(track),
        preview.keyId() != null,
        preview.keyId() == null ? null : preview.keyId().toString(),
        preview.rule(),
        preview.segments(),
        preview.resolution() == null
            ? List.of()
            : preview.resolution().verdicts().stream().map(Verdict::of).toList());
  }
}
