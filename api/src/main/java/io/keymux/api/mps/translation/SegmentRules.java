package io.keymux.api.mps.translation;

import io.keymux.api.mps.problem.MpsException;
import io.keymux.api.mps.template.SegmentType;
import io.keymux.api.mps.template.Template;
import io.keymux.api.mps.template.Templates;
import io.keymux.api.mps.wish.DrmWish;

/**
 * Which kinds of DRM go with which formats and segments, as Tencent's table has it. MPEG-TS is what
 * a template has that says nothing, and no DRM system plays it: unless that is to be refused, it
 * becomes MP4, and the task says so.
 *
 * @param refuseTs whether MPEG-TS with DRM is refused
 */
record SegmentRules(boolean refuseTs) {

  /**
   * @param transportStream whether segments are MPEG-TS
   * @param note what was changed; empty for nothing
   */
  record Result(boolean transportStream, boolean singleFile, String note) {}

  /**
   * @param at where the task stands in the request
   * @throws MpsException with code {@code InvalidParameterValue} if they do not go together
   */
  Result check(Template template, DrmWish drm, String at) {
    SegmentType type = template.draft().segmentType();
    if (drm instanceof DrmWish.SimpleAes) {
      return simpleAes(template, type, at);
    }
    if (drm instanceof DrmWish.Speke speke) {
      if (template.dash() && speke.fairPlay()) {
        throw invalid(at + ".DrmInfo.Type", "has fairplay, which MPEG-DASH has not", "Use HLS.");
      }
      return type.transportStream()
          ? corrected(type, at, "no DRM system plays MPEG-TS", false, type.singleFile())
          : new Result(false, type.singleFile(), "");
    }
    if (Templates.promisesSimpleAes(template)) {
      throw invalid(
          at + ".Definition",
          "is 12, HLS with SimpleAES, and there is no DrmInfo",
          "Give DrmInfo of type simpleaes, or use 10.");
    }
    return type.transportStream() && type.singleFile()
        ? corrected(type, at, "MPEG-TS is written as files of segments here", true, false)
        : new Result(type.transportStream(), type.singleFile(), "");
  }

  private static Result simpleAes(Template template, SegmentType type, String at) {
    if (template.dash()) {
      throw invalid(at + ".DrmInfo.Type", "is simpleaes, which MPEG-DASH has not", "Use HLS.");
    }
    if (type.singleFile()) {
      throw invalid(
          at + ".Definition",
          "has SegmentType %s, and simpleaes encrypts segments as files".formatted(type.id()),
          "Use a template with ts-segment or mp4-segment.");
    }
    return new Result(type.transportStream(), false, "");
  }

  private Result corrected(
      SegmentType type, String at, String why, boolean transportStream, boolean singleFile) {
    if (refuseTs) {
      throw invalid(
          at + ".Definition",
          "has SegmentType %s, and %s".formatted(type.id(), why),
          "Use a template with mp4-segment or mp4-byterange.");
    }
    String used = (transportStream ? "ts" : "mp4") + (singleFile ? "-byterange" : "-segment");
    return new Result(
        transportStream,
        singleFile,
        "SegmentType %s of the template became %s: %s.".formatted(type.id(), used, why));
  }

  private static MpsException invalid(String path, String what, String remedy) {
    return MpsException.invalidValue(path, what, remedy);
  }
}
