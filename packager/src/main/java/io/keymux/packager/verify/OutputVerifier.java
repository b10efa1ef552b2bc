package io.keymux.packager.verify;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.box.MalformedBoxException;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.job.CancelToken;
import io.keymux.packager.job.EncryptionKind;
import io.keymux.packager.job.OutputFormat;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.job.ProgressListener;
import io.keymux.packager.job.Stage;
import io.keymux.packager.job.VerifyLevel;
import io.keymux.packager.media.ByteRange;
import io.keymux.packager.media.Container;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.Presentation;
import io.keymux.packager.media.Segment;
import io.keymux.packager.media.TrackProtection;
import io.keymux.packager.plan.EncryptionPlan;
import io.keymux.packager.plan.TrackPlan;
import io.keymux.packager.ts.TrackClock;
import io.keymux.packager.ts.TsOutput;
import io.keymux.packager.ts.TsRendition;
import io.keymux.packager.verify.manifest.DescribedThumbnails;
import io.keymux.packager.verify.manifest.Manifest;
import io.keymux.packager.verify.manifest.MediaPiece;
import io.keymux.packager.verify.manifest.PresentationFiles;
import io.keymux.packager.verify.manifest.PresentationFolder;
import io.keymux.packager.verify.text.TextPlaylistCheck;
import io.keymux.packager.verify.text.WebVttOutputCheck;
import io.keymux.packager.verify.ts.TsOutputCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Verifies what a job wrote, before it is published: each track against its input, and the
 * manifests against the tracks.
 */
public final class OutputVerifier {
  private final Path folder;
  private final VerifyLevel level;
  private final Set<OutputFormat> formats;
  private final List<String> manifests;
  private final CancelToken cancel;
  private final IvLedger ivs = new IvLedger();
  private final List<Finding> findings = new ArrayList<>();
  private final Map<List<MediaPiece>, MediaFacts> media = new HashMap<>();

  private OutputVerifier(Path folder, PackagingJob job, CancelToken cancel) {
    this.folder = folder;
    this.level = job.verify();
    this.formats = job.formats();
    this.manifests = job.names() == null ? PresentationFiles.USUAL : job.names().manifests();
    this.cancel = cancel;
  }

  /**
   * Reads the output back as far as the job's verification level says.
   *
   * @param folder that holds the files of {@code presentation} and their manifests
   */
  public static VerificationReport verify(
      EncryptionPlan plan,
      Presentation presentation,
      Path folder,
      ProgressListener progress,
      CancelToken cancel)
      throws InterruptedException {
    VerifyLevel level = plan.job().verify();
    if (level == VerifyLevel.NONE) {
      return new VerificationReport(0, 0, 0, 0, List.of());
    }
    progress.progress(Stage.VERIFYING, 0, 0);
    OutputVerifier verifier = new OutputVerifier(folder, plan.job(), cancel);
    if (plan.job().container() == Container.TS) {
      return verifier.transportStreams(plan, presentation);
    }
    int fragments = 0;
    long decrypted = 0;
    long compared = 0;
    for (int i = 0; i < plan.media().size(); i++) {
      VerificationReport report = verifier.track(plan.media().get(i), presentation.tracks().get(i));
      fragments += report.fragments();
      decrypted += report.samplesDecrypted();
      compared += report.samplesCompared();
    }
    verifier.webVtt(plan, presentation, 0);
    if (plan.job().kind() == EncryptionKind.COMMON_ENCRYPTION) {
      verifier.manifests(presentation);
    } else {
      PlaylistCheck.check(presentation, folder, verifier.findings::add);
      verifier.playlistThumbnails(presentation);
    }
    LintFindings.check(PresentationFiles.of(folder, verifier.manifests), verifier.findings::add);
    return new VerificationReport(
        plan.tracks().size(), fragments, decrypted, compared, verifier.findings);
  }

  private VerificationReport transportStreams(EncryptionPlan plan, Presentation presentation) {
    List<TsRendition> renditions = TsRendition.all(plan);
    long compared = 0;
    for (int i = 0; i < renditions.size(); i++) {
      cancel.check();
      PackagedTrack track = presentation.tracks().get(i);
      TsOutput output = new TsOutput(renditions.get(i), track.timescale(), track.segments());
      compared += TsOutputCheck.check(output, folder, this::problem);
    }
    webVtt(plan, presentation, TrackClock.START_TICKS);
    PlaylistCheck.check(presentation, folder, findings::add);
    playlistThumbnails(presentation);
    LintFindings.check(PresentationFiles.of(folder, manifests), findings::add);
    return new VerificationReport(
        renditions.size() + plan.webVtt().size(), 0, compared, compared, findings);
  }

  private void webVtt(EncryptionPlan plan, Presentation presentation, long mpegts) {
    for (int i = 0; i < plan.webVtt().size(); i++) {
      cancel.check();
      WebVttOutputCheck.check(
          plan.webVtt().get(i), presentation.webVtt().get(i), folder, mpegts, this::problem);
    }
  }

  private void problem(String code, String place, String message) {
    findings.add(Finding.error(code, place, message));
  }

  private VerificationReport track(TrackPlan plan, PackagedTrack track)
      throws InterruptedException {
    VerifyContext context =
        new VerifyContext(id -> secret(plan.key(id)), List.of(plan.source()), ivs);
    MediaVerifier verifier = new MediaVerifier(track.track().name(), context);
    SampleGroupCheck groups = new SampleGroupCheck(plan.segments().get(0).firstSample());
    verifier.watch(groups::take);
    ByteRange initRange = track.initRange();
    try (MediaSource init = SegmentFile.openInit(folder, track.initPath(), plan, this::problem)) {
      long length = plan.initKey() == null ? initRange.length() : init.size();
      verifier.init(track.initPath(), init, initRange.offset(), length);
    } catch (MalformedBoxException e) {
      findings.add(Finding.error(e.code(), track.initPath(), e.problem()));
      return verifier.finishPart();
    }
    if (plan.segmentKeys().isEmpty()) {
      checkKeyId(verifier.initBoxes().keyIds(), track);
    }
    verifier.seek(plan.segments().get(0).firstSample());
    List<MediaPiece> pieces = new ArrayList<>(List.of(piece(track.initPath(), initRange)));
    List<Segment> segments = track.segments();
    for (int i = 0; i < segments.size(); i++) {
      cancel.check();
      Segment segment = segments.get(i);
      ByteRange range = segment.range();
      try (MediaSource source = SegmentFile.open(folder, segment.path(), plan, i, this::problem)) {
        long length = plan.segmentKey(i) == null ? range.length() : source.size();
        verifier.segment(segment.path(), source, range.offset(), length, false);
      }
      pieces.add(piece(segment.path(), range));
    }
    boolean toTheEnd =
        plan.segments().get(segments.size() - 1).endSample()
            == plan.source().media().samples().count();
    VerificationReport boxes = toTheEnd ? verifier.finish() : verifier.finishPart();
    media.put(pieces, verifier.facts());
    EventCheck.check(plan, track, verifier.events(), findings::add);
    groups.check(plan, track.initPath(), findings::add);
    if (plan.segmentKeys().isEmpty()) {
      checkSegmentKeys(verifier.facts(), segments);
    }
    boxes.findings().forEach(finding -> findings.add(strict(finding)));
    VerificationReport samples =
        new DecryptionCheck(folder, plan, track, cancel).run(chosen(segments.size()));
    Set<String> said = boxes.findings().stream().map(Finding::code).collect(Collectors.toSet());
    samples.findings().stream().filter(f -> !said.contains(f.code())).forEach(findings::add);
    return new VerificationReport(
        1,
        boxes.fragments(),
        samples.samplesDecrypted(),
        samples.samplesCompared(),
        boxes.findings());
  }

  /** Which segments are decrypted. */
  private List<Integer> chosen(int segments) {
    return switch (level) {
      case NONE, STRUCTURE -> List.of();
      case SAMPLE ->
          IntStream.of(0, segments / 2, segments - 1).distinct().sorted().boxed().toList();
      case FULL -> IntStream.range(0, segments).boxed().toList();
    };
  }

  /** What may be forgiven to others is an error of ours. */
  private static Finding strict(Finding finding) {
    return finding.code().equals("iv-reused-across-tracks")
        ? Finding.error(finding.code(), finding.place(), finding.message())
        : finding;
  }

  /** Only what was written may be named, with the keys and times that it has. */
  private void manifests(Presentation presentation) {
    VerifyContext context = new VerifyContext(id -> null, List.of(), ivs);
    PresentationFolder files =
        new PresentationFolder(
            folder, (code, place, message) -> context.add(Finding.error(code, place, message)));
    try {
      Manifest manifest = PresentationFiles.of(folder, manifests).read(files);
      if (manifest != null) {
        ManifestCheck.check(manifest, media, context);
        Set<String> written =
            presentation.webVtt().stream()
                .flatMap(text -> text.segments().stream().map(Segment::path))
                .collect(Collectors.toSet());
        Set<String> named =
            manifest.texts().stream()
                .flatMap(text -> text.segments().stream().map(s -> s.piece().name()))
                .collect(Collectors.toSet());
        if (!named.equals(written)) {
          context.add(
              Finding.error(
                  "manifest-names-other-media",
                  "manifests",
                  "%d files of WebVTT are named, %d were written"
                      .formatted(named.size(), written.size())));
        }
        manifest.texts().forEach(text -> TextPlaylistCheck.check(text, 0, files::problem));
        thumbnails(presentation, manifest.thumbnails(), context::add);
      }
    } catch (DrmException e) {
      context.add(Finding.error(e.code(), "manifests", e.problem()));
    }
    findings.addAll(context.findings());
  }

  /** Where the segments of playlists cannot be read without their keys. */
  private void playlistThumbnails(Presentation presentation) {
    PresentationFolder files = new PresentationFolder(folder, this::problem);
    thumbnails(
        presentation, PresentationFiles.of(folder, manifests).thumbnails(files), findings::add);
  }

  private void thumbnails(
      Presentation presentation, List<DescribedThumbnails> said, Consumer<Finding> to) {
    if (presentation.thumbnails().isEmpty() && said.isEmpty()) {
      return;
    }
    ThumbnailCheck check = new ThumbnailCheck(to);
    said.forEach(check::check);
    ThumbnailOutputCheck.check(presentation, said, formats, folder, to);
  }

  private MediaPiece piece(String path, ByteRange range) {
    Path file = folder.toAbsolutePath().resolve(path).normalize();
    return new MediaPiece(path, file, range.offset(), range.length());
  }

  private void checkKeyId(Set<KeyId> found, PackagedTrack track) {
    TrackProtection protection = track.protection();
    Set<KeyId> expected = protection == null ? Set.of() : Set.of(protection.keyId());
    if (!found.equals(expected)) {
      findings.add(
          Finding.error(
              "kid-mismatch",
              track.initPath() + " tenc",
              "default KID %s, the plan says %s".formatted(found, expected)));
    }
  }

  private void checkSegmentKeys(MediaFacts facts, List<Segment> segments) {
    for (int i = 0; i < Math.min(segments.size(), facts.pieces().size()); i++) {
      TrackProtection protection = segments.get(i).protection();
      Set<KeyId> expected = protection == null ? Set.of() : Set.of(protection.keyId());
      Set<KeyId> found = facts.pieces().get(i).keyIds();
      if (!found.equals(expected)) {
        findings.add(
            Finding.error(
                "segment-kid-mismatch",
                segments.get(i).path(),
                "segment %d is encrypted with %s, the plan says %s"
                    .formatted(segments.get(i).number(), found, expected)));
        return;
      }
    }
  }

  private static @Nullable SecretBytes secret(@Nullable ContentKey key) {
    return key == null ? null : key.value();
  }
}
