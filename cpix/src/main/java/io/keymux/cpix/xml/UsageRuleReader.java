package io.keymux.cpix.xml;

import io.keymux.cpix.Filter;
import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.BitrateFilter;
import io.keymux.cpix.Filter.KeyPeriodFilter;
import io.keymux.cpix.Filter.LabelFilter;
import io.keymux.cpix.Filter.VideoFilter;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.UsageRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads ContentKeyUsageRule elements. A filter or an attribute of a filter that Keymux does not
 * know makes the rule unusable: matching by the rest would give a track the wrong key.
 */
final class UsageRuleReader {
  private final BoundDocument document;
  private final Set<String> periodIds;

  UsageRuleReader(BoundDocument document, Set<String> periodIds) {
    this.document = document;
    this.periodIds = periodIds;
  }

  UsageRule read(JaxbUsageRule element) {
    KeyId keyId = Lexical.keyId(element.kid, document.place(element).attribute("kid"));
    String type = element.intendedTrackType == null ? "" : element.intendedTrackType;
    List<FilterAttributes> all = new ArrayList<>();
    List<Filter> filters =
        Stream.of(
                element.keyPeriodFilters.stream().map(f -> keyPeriod(attributes(f, all))),
                element.labelFilters.stream().map(f -> label(attributes(f, all))),
                element.videoFilters.stream().map(f -> video(attributes(f, all))),
                element.audioFilters.stream().map(f -> audio(attributes(f, all))),
                element.bitrateFilters.stream().map(f -> bitrate(attributes(f, all))))
            .flatMap(filter -> filter)
            .toList();
    boolean usable = element.others.isEmpty() && all.stream().allMatch(FilterAttributes::allRead);
    return new UsageRule(keyId, type, filters, usable);
  }

  private FilterAttributes attributes(JaxbUsageRule.AnyFilter filter, List<FilterAttributes> all) {
    FilterAttributes attributes = new FilterAttributes(filter, document.place(filter));
    all.add(attributes);
    return attributes;
  }

  private Filter keyPeriod(FilterAttributes filter) {
    String periodId = Lexical.trimmed(filter.required("periodId"));
    if (!periodIds.contains(periodId)) {
      throw filter
          .place()
          .attribute("periodId")
          .invalid(
              "cpix-unknown-period",
              "no ContentKeyPeriod has the id \"" + periodId + "\".",
              "Add the period or correct the id.");
    }
    return new KeyPeriodFilter(periodId);
  }

  private static Filter label(FilterAttributes filter) {
    return new LabelFilter(filter.required("label"));
  }

  private static Filter video(FilterAttributes filter) {
    return new VideoFilter(
        filter.number("minPixels"),
        filter.number("maxPixels"),
        filter.number("minFps"),
        filter.number("maxFps"),
        filter.bool("hdr"),
        filter.bool("wcg"));
  }

  private static Filter audio(FilterAttributes filter) {
    return new AudioFilter(filter.integer("minChannels"), filter.integer("maxChannels"));
  }

  private static Filter bitrate(FilterAttributes filter) {
    BitrateFilter bitrate =
        new BitrateFilter(filter.number("minBitrate"), filter.number("maxBitrate"));
    if (bitrate.minBitrate() == null && bitrate.maxBitrate() == null) {
      throw filter
          .place()
          .invalid(
              "cpix-missing-attribute",
              "neither minBitrate nor maxBitrate is given.",
              "Give at least one, or remove the filter.");
    }
    return bitrate;
  }
}
