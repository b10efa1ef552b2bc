package io.keymux.packager.verify;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.TrackType;
import io.keymux.cpix.box.MalformedBoxException;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.input.MemorySource;
import io.keymux.packager.job.JobInput;
import io.keymux.packager.plan.OpenInputs;
import io.keymux.packager.plan.TrackSource;
import io.keymux.packager.plan.TrickPlay;
import io.keymux.packager.verify.manifest.DescribedSegment;
import io.keymux.packager.verify.manifest.DescribedText;
import io.keymux.packager.verify.manifest.DescribedTrack;
import io.keymux.packager.verify.manifest.FileKey;
import io.keymux.packager.verify.manifest.FileSupply;
import io.keymux.packager.verify.manifest.Manifest;
import io.keymux.packager.verify.manifest.MediaPiece;
import io.keymux.packager.verify.manifest.PresentationFiles;
import io.keymux.packager.verify.manifest.PresentationFolder;
import io.keymux.packager.verify.text.TextPlaylistCheck;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a presentation that lies on disk, whoever packaged it: manifests against media, boxes
 * against each other, and, as far as keys are known, what samples decrypt to.
 *
 * <p>Every media byte is read once; memory is bounded by one fragment's boxes and one sample.
 */
public final class PresentationVerifier {
  private final VerifyContext context;
  private final EncryptedFiles encrypted;
  private final PresentationFolder folder;
  private final Map<List<MediaPiece>, MediaFacts> media = new HashMap<>();
  private final Set<List<MediaPiece>> unread = new HashSet<>();
  private VerificationReport total = new VerificationReport(0, 0, 0, 0, List.of());

  private PresentationVerifier(
      VerifyContext context, PresentationFolder folder, EncryptedFiles encrypted) {
    this.context = context;
    this.encrypted = encrypted;
    this.folder = folder;
  }

  /**
   * Verifies all that {@code request} names. What is wrong with the presentation becomes a finding,
   * also a file that is missing or damaged.
   *
   * <p>Where no source is given, samples are judged by what their codec allows. The report has a
   * note {@code key-unproven} for each key of which that cannot tell whether it is the right one.
   *
   * @throws DrmException with code {@code no-manifest}, {@code not-an-mpd}, {@code not-a-playlist},
   *     {@code input-unreadable} or one of XML, if the path itself is not what it should be; as
   *     {@link OpenInputs#open} does for the sources
   */
  public static VerificationReport verify(VerifyRequest request) {
    return verify(request, FileSupply.NONE);
  }

  /**
   * As {@link #verify(VerifyRequest)}, of a presentation that lies elsewhere.
   *
   * @param supply brings what manifests name to the folder of the request, where the manifests
   *     themselves are already; what it throws is thrown
   */
  public static VerificationReport verify(VerifyRequest request, FileSupply supply) {
    if (request.sources().isEmpty()) {
      return verify(request, supply, List.of());
    }
    try (OpenInputs sources =
        OpenInputs.open(request.sources().stream().map(JobInput::of).toList())) {
      // Text is cut where the media is, so its samples are not those of the source.
      List<TrackSource> media =
          sources.tracks().stream().filter(t -> t.media().type() != TrackType.TEXT).toList();
      return verify(request, supply, TrickPlay.with(media));
    }
  }

  private static VerificationReport verify(
      VerifyRequest request, FileSupply supply, List<TrackSource> sources) {
    VerifyContext context = new VerifyContext(id -> request.keys().get(id), sources);
    PresentationFiles files = PresentationFiles.of(request.path());
    PresentationFolder folder =
        new PresentationFolder(
            files.root(),
            (code, place, message) -> context.add(Finding.error(code, place, message)),
            supply);
    PresentationVerifier verifier =
        new PresentationVerifier(
            context, folder, new EncryptedFiles(request.keys().values(), context));
    Manifest manifest = files.read(folder);
    if (manifest == null) {
      verifier.mediaFile(request.path().toAbsolutePath().normalize());
    } else {
      manifest.tracks().forEach(verifier::media);
      ManifestCheck.check(verifier.readable(manifest), verifier.media, context);
      verifier.texts(manifest);
      ThumbnailCheck thumbnails = new ThumbnailCheck(context::add);
      manifest.thumbnails().forEach(thumbnails::check);
      LintFindings.check(files, context::add);
    }
    return verifier.report();
  }

  private void texts(Manifest manifest) {
    double begin =
        manifest.tracks().stream()
            .map(track -> media.get(track.pieces()))
            .filter(Objects::nonNull)
            .mapToDouble(MediaFacts::beginSeconds)
            .min()
            .orElse(0);
    for (DescribedText text : manifest.texts()) {
      TextPlaylistCheck.check(
          text, begin, (code, place, message) -> context.add(Finding.error(code, place, message)));
    }
  }

  private void mediaFile(Path file) {
    DescribedTrack track;
    try {
      track = MediaFileReader.read(folder, file);
    } catch (MalformedBoxException e) {
      context.add(Finding.error(e.code(), folder.name(file), e.problem()));
      return;
    }
    if (track == null) {
      context.add(
          Finding.error("not-fragmented", folder.name(file), "the file has no movie fragment"));
      return;
    }
    media(track);
    MediaFacts facts = media.get(track.pieces());
    if (facts != null) {
      TimingCheck.check(track, facts, context::add);
    }
  }

  /** Of tracks that stay encrypted as files, nothing can be said. */
  private Manifest readable(Manifest manifest) {
    return new Manifest(
        manifest.tracks().stream().filter(t -> !unread.contains(t.pieces())).toList(),
        manifest.variants(),
        manifest.texts(),
        manifest.thumbnails());
  }

  /** Media that several manifests name is read once. */
  private void media(DescribedTrack track) {
    if (media.containsKey(track.pieces()) || unread.contains(track.pieces())) {
      return;
    }
    if (!encrypted.prove(track)) {
      unread.add(track.pieces());
      return;
    }
    MediaPiece init = track.init();
    MediaVerifier verifier = new MediaVerifier(init.name(), context);
    if (read(
        init,
        track.initFile(),
        (source, at, length) -> verifier.init(init.name(), source, at, length))) {
      for (DescribedSegment segment : track.segments()) {
        MediaPiece piece = segment.piece();
        read(
            piece,
            segment.file(),
            (source, at, length) -> verifier.segment(piece.name(), source, at, length, true));
      }
    } else if (track.initFile() != null) {
      unread.add(track.pieces());
      return;
    }
    VerificationReport report = verifier.finish();
    media.put(track.pieces(), verifier.facts());
    total =
        new VerificationReport(
            total.tracks() + report.tracks(),
            total.fragments() + report.fragments(),
            total.samplesDecrypted() + report.samplesDecrypted(),
            total.samplesCompared() + report.samplesCompared(),
            List.of());
  }

  /** What reads a piece of media. */
  @FunctionalInterface
  private interface Reading {
    void read(MediaSource source, long at, long length);
  }

  /** False after saying what was wrong with the piece. */
  private boolean read(MediaPiece piece, @Nullable FileKey key, Reading reading) {
    try (MediaSource source = encrypted.open(piece, key)) {
      if (source == null) {
        return false;
      }
      boolean whole = source instanceof MemorySource;
      reading.read(source, whole ? 0 : piece.offset(), whole ? source.size() : piece.length());
      return true;
    } catch (DrmException e) {
      context.add(Finding.error(e.code(), piece.name(), e.problem()));
      return false;
    }
  }

  private VerificationReport report() {
    context.noteUnprovenKeys();
    return new VerificationReport(
        total.tracks(),
        total.fragments(),
        total.samplesDecrypted(),
        total.samplesCompared(),
        context.findings());
  }
}
