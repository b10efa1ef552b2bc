package io.keymux.packager;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.SecretBytes;
import io.keymux.packager.asset.AssetSigner;
import io.keymux.packager.asset.SignedAsset;
import io.keymux.packager.job.CancelToken;
import io.keymux.packager.job.ProgressListener;
import io.keymux.packager.job.ResignJob;
import io.keymux.packager.job.Stage;
import io.keymux.packager.job.VerifyLevel;
import io.keymux.packager.output.PublishGuard;
import io.keymux.packager.output.StagedOutput;
import io.keymux.packager.verify.PresentationVerifier;
import io.keymux.packager.verify.VerificationReport;
import io.keymux.packager.verify.VerifyRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Signals an asset anew, in one direction: read, keys, decide, write, verify, publish. */
final class ResignPipeline {
  private final KeyExchange keys;
  private final PublishGuard guard;

  ResignPipeline(KeyExchange keys, PublishGuard guard) {
    this.keys = keys;
    this.guard = guard;
  }

  ResignResult run(ResignJob job, ProgressListener progress, CancelToken cancel)
      throws InterruptedException {
    progress.progress(Stage.PREPARING, 0, 0);
    AssetSigner asset = AssetSigner.open(job);
    cancel.check();
    progress.progress(Stage.ACQUIRING_KEYS, 0, 0);
    List<CpixDocument> documents = new ArrayList<>();
    for (KeyRequest request : asset.requests()) {
      documents.add(keys.exchange(request));
      cancel.check();
    }
    SignedAsset signed = asset.sign(documents);
    try (StagedOutput output = StagedOutput.open(job.output(), guard)) {
      signed.write(output, progress, cancel);
      cancel.check();
      progress.progress(Stage.VERIFYING, 0, 0);
      VerificationReport report = verify(job, signed, output, documents);
      if (!report.passed()) {
        throw VerificationFailedException.ofAsset(report);
      }
      cancel.check();
      progress.progress(Stage.PUBLISHING, 0, 0);
      ResignResult result = new ResignResult(job, signed.keyIds(), signed.manifests(), report);
      output.write(JobReport.FILE, json(result));
      output.publish(entryPoints(result), guard);
      return result;
    }
  }

  private static VerificationReport verify(
      ResignJob job, SignedAsset signed, StagedOutput output, List<CpixDocument> documents) {
    if (job.verify() == VerifyLevel.NONE) {
      return new VerificationReport(0, 0, 0, 0, List.of());
    }
    Map<KeyId, SecretBytes> known = new HashMap<>();
    if (job.verify() != VerifyLevel.STRUCTURE) {
      for (CpixDocument document : documents) {
        for (ContentKey key : document.contentKeys()) {
          known.put(key.id(), key.value());
        }
      }
    }
    return PresentationVerifier.verify(
        new VerifyRequest(signed.in(output.folder()), known, List.of()));
  }

  private static List<String> entryPoints(ResignResult result) {
    List<String> names = new ArrayList<>();
    names.add(JobReport.FILE);
    result.manifests().stream().filter(name -> !name.contains("/")).forEach(names::add);
    return names;
  }

  private static String json(ResignResult result) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("contentId", result.job().contentId());
    report.put("resigned", true);
    report.put("systems", result.job().systems().stream().map(DrmSystem::id).toList());
    report.put("keyIds", result.keyIds().stream().map(KeyId::toString).toList());
    report.put("manifests", result.manifests());
    report.put(
        "verification", JobReport.verification(result.job().verify(), result.verification()));
    return JsonText.of(report);
  }
}
