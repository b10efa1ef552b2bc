package io.keymux.cpix.xml;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.Filter;
import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.BitrateFilter;
import io.keymux.cpix.Filter.KeyPeriodFilter;
import io.keymux.cpix.Filter.LabelFilter;
import io.keymux.cpix.Filter.VideoFilter;
import io.keymux.cpix.UsageRule;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/** Makes ContentKeyUsageRule elements. */
final class UsageRuleElement {
  private UsageRuleElement() {}

  static JaxbUsageRule of(UsageRule rule) {
    if (!rule.usable()) {
      throw new DrmException(
          DrmException.Blame.UNSUPPORTED,
          "cpix-rule-unwritable",
          "The usage rule of KID %s held a filter that Keymux does not know and cannot write."
              .formatted(rule.keyId()),
          "Pass the original document on instead.");
    }
    JaxbUsageRule element = new JaxbUsageRule();
    element.kid = rule.keyId().toString();
    element.intendedTrackType =
        rule.intendedTrackType().isEmpty() ? null : rule.intendedTrackType();
    rule.filters().forEach(filter -> add(element, filter));
    return element;
  }

  private static void add(JaxbUsageRule rule, Filter filter) {
    JaxbUsageRule.AnyFilter element = new JaxbUsageRule.AnyFilter();
    if (filter instanceof VideoFilter video) {
      put(element, "minPixels", video.minPixels());
      put(element, "maxPixels", video.maxPixels());
      put(element, "minFps", video.minFps());
      put(element, "maxFps", video.maxFps());
      put(element, "hdr", video.hdr());
      put(element, "wcg", video.wcg());
      rule.videoFilters.add(element);
    } else if (filter instanceof AudioFilter audio) {
      put(element, "minChannels", audio.minChannels());
      put(element, "maxChannels", audio.maxChannels());
      rule.audioFilters.add(element);
    } else if (filter instanceof BitrateFilter bitrate) {
      put(element, "minBitrate", bitrate.minBitrate());
      put(element, "maxBitrate", bitrate.maxBitrate());
      rule.bitrateFilters.add(element);
    } else if (filter instanceof LabelFilter label) {
      put(element, "label", label.label());
      rule.labelFilters.add(element);
    } else if (filter instanceof KeyPeriodFilter period) {
      put(element, "periodId", period.periodId());
      rule.keyPeriodFilters.add(element);
    }
  }

  private static void put(JaxbUsageRule.AnyFilter element, String name, @Nullable Object value) {
    if (value != null) {
      element.attributes.put(new QName(name), value.toString());
    }
  }
}
