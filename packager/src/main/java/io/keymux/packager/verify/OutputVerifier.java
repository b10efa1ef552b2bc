package io.keymux.packager.verify;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.SecretBytes;
import io.keymux.packager.input.FileSource;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.isobmff.SampleTable;
import io.keymux.packager.job.CancelToken;
import io.keymux.packager.job.ProgressListener;
import io.keymux.packager.job.Stage;
import io.keymux.packager.job.VerifyLevel;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.Presentation;
import io.keymux.packager.media.Segment;
import io.keymux.packager.media.TrackProtection;
import io.keymux.packager.plan.EncryptionPlan;
import io.keymux.packager.plan.TrackEncryption;
import io.keymux.packager.plan.TrackPlan;
import io.keymux.packager.plan.TrackSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Verifies what a job wrote, before it is published. */
public final class OutputVerifier {
  private final Path folder;
  private final VerifyLevel level;
  private final CancelToken cancel;

  private OutputVerifier(Path folder, VerifyLevel level, CancelToken cancel) {
    this.folder = folder;
    this.level = level;
    this.cancel = cancel;
  }

  /**
   * Reads the output back as far as the job's verification level says.
   *
   * @param folder that holds the files of {@code presentation}
   */
  public static VerificationReport verify(
      EncryptionPlan plan,
      Presentation presentation,
      Path folder,
      ProgressListener progress,
      CancelToken cancel) {
    VerifyLevel level = plan.job().verify();
    List<Finding> findings = new ArrayList<>();
    int fragments = 0;
    long decrypted = 0;
    long compared = 0;
    if (level != VerifyLevel.NONE) {
      progress.progress(Stage.VERIFYING, 0, 0);
      OutputVerifier verifier = new OutputVerifier(folder, level, cancel);
      for (int i = 0; i < plan.tracks().size(); i++) {
        VerificationReport report =
            verifier.track(plan.tracks().get(i), presentation.tracks().get(i));
        findings.addAll(report.findings());
        fragments += report.fragments();
        decrypted += report.samplesDecrypted();
        compared += report.samplesCompared();
      }
    }
    return new VerificationReport(
        level == VerifyLevel.NONE ? 0 : plan.tracks().size(),
        fragments,
        decrypted,
        compared,
        findings);
  }

  private VerificationReport track(TrackPlan plan, PackagedTrack track) {
    TrackEncryption encryption = plan.encryption();
    ContentKey key = encryption == null ? null : encryption.key();
    TrackVerifier verifier =
        new TrackVerifier(track.track().name(), id -> secret(key, id), source(plan.source()));
    try (MediaSource init = open(track.initPath())) {
      verifier.init(track.initPath(), init, track.initRange().offset(), track.initRange().length());
    }
    List<Finding> extra = new ArrayList<>();
    checkKeyId(verifier.keyIds(), track, extra);
    List<Segment> segments = track.segments();
    int middle = segments.size() / 2;
    for (int i = 0; i < segments.size(); i++) {
      cancel.check();
      Segment segment = segments.get(i);
      boolean decrypt =
          level == VerifyLevel.FULL
              || (level == VerifyLevel.SAMPLE
                  && (i == 0 || i == middle || i == segments.size() - 1));
      try (MediaSource media = open(segment.path())) {
        verifier.segment(
            segment.path(), media, segment.range().offset(), segment.range().length(), decrypt);
      }
    }
    VerificationReport report = verifier.finish();
    extra.addAll(report.findings());
    return new VerificationReport(
        1, report.fragments(), report.samplesDecrypted(), report.samplesCompared(), extra);
  }

  private static void checkKeyId(Set<KeyId> found, PackagedTrack track, List<Finding> findings) {
    TrackProtection protection = track.protection();
    Set<KeyId> expected = protection == null ? Set.of() : Set.of(protection.keyId());
    if (!found.equals(expected)) {
      findings.add(
          Finding.error(
              "kid-mismatch",
              track.initPath() + " tenc",
              "default KID %s, the manifests say %s".formatted(found, expected)));
    }
  }

  private static @Nullable SecretBytes secret(@Nullable ContentKey key, KeyId id) {
    return key != null && key.id().equals(id) ? key.value() : null;
  }

  private MediaSource open(String path) {
    return FileSource.open(folder.resolve(path));
  }

  private static SourceSamples source(TrackSource track) {
    SampleTable samples = track.media().samples();
    return new SourceSamples() {
      @Override
      public int count() {
        return samples.count();
      }

      @Override
      public int size(int sample) {
        return samples.size(sample);
      }

      @Override
      public void read(int sample, byte[] target, int offset) {
        track.source().read(samples.offset(sample), target, offset, samples.size(sample));
      }
    };
  }
}
