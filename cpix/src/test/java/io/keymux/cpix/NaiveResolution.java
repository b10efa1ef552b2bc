package io.keymux.cpix;

import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.BitrateFilter;
import io.keymux.cpix.Filter.KeyPeriodFilter;
import io.keymux.cpix.Filter.LabelFilter;
import io.keymux.cpix.Filter.VideoFilter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The usage rules once more, for tests, from the words of CPIX and by another way: a rule is a
 * choice of one filter of each kind, and matches if any such choice is true throughout; all numbers
 * are decimals in closed intervals.
 */
final class NaiveResolution {
  private static final BigDecimal MAX = new BigDecimal("4294967295");

  /** A third of the least difference of any two numbers here. */
  private static final BigDecimal EPSILON = new BigDecimal("0.000001");

  private NaiveResolution() {}

  /** {@code unusable}, {@code none}, {@code ambiguous K K} or {@code key K}. */
  static String of(CpixDocument document, ResolutionContext context, KeyPeriod period) {
    TreeSet<KeyId> keys = new TreeSet<>();
    for (UsageRule rule : document.usageRules()) {
      if (!rule.usable() || rule.filters().stream().anyMatch(f -> cannotTell(f, context))) {
        return "unusable";
      }
      if (anyChoice(rule, context.track(), period)) {
        keys.add(rule.keyId());
      }
    }
    return switch (keys.size()) {
      case 0 -> "none";
      case 1 -> "key " + keys.first();
      default -> "ambiguous " + keys;
    };
  }

  /** By SPEKE: what it ignores is cut out of the document, and the last rule is asked first. */
  static String lastOf(CpixDocument whole, ResolutionContext context, KeyPeriod period) {
    CpixDocument document =
        new CpixDocument(
            whole.contentId(),
            whole.version(),
            whole.contentKeys(),
            whole.requestedKeys(),
            whole.drmSystems(),
            whole.keyPeriods(),
            whole.usageRules().stream().map(NaiveResolution::speke).toList(),
            whole.details());
    List<UsageRule> rules = document.usageRules();
    String plain = of(document, context, period);
    for (int i = rules.size() - 1; i >= 0 && plain.startsWith("ambiguous"); i--) {
      if (anyChoice(rules.get(i), context.track(), period)) {
        return "key " + rules.get(i).keyId();
      }
    }
    return plain;
  }

  private static UsageRule speke(UsageRule rule) {
    List<Filter> filters = new ArrayList<>(rule.filters());
    filters.removeIf(BitrateFilter.class::isInstance);
    filters.replaceAll(
        filter ->
            filter instanceof VideoFilter v
                ? new VideoFilter(
                    v.minPixels(), v.maxPixels(), v.minFps(), v.maxFps(), v.hdr(), null)
                : filter);
    return new UsageRule(rule.keyId(), rule.intendedTrackType(), filters, rule.usable());
  }

  private static boolean anyChoice(UsageRule rule, Track track, KeyPeriod period) {
    List<List<Filter>> choices = List.of(List.of());
    for (Class<? extends Filter> kind :
        List.of(
            BitrateFilter.class,
            AudioFilter.class,
            VideoFilter.class,
            LabelFilter.class,
            KeyPeriodFilter.class)) {
      List<Filter> ofKind = rule.filters().stream().filter(kind::isInstance).toList();
      if (ofKind.isEmpty()) {
        continue;
      }
      List<List<Filter>> longer = new ArrayList<>();
      for (List<Filter> choice : choices) {
        for (Filter filter : ofKind) {
          List<Filter> with = new ArrayList<>(choice);
          with.add(filter);
          longer.add(with);
        }
      }
      choices = longer;
    }
    return choices.stream()
        .anyMatch(choice -> choice.stream().allMatch(filter -> holds(filter, track, period)));
  }

  private static boolean holds(Filter filter, Track track, KeyPeriod period) {
    String text = RuleText.of(filter);
    if (filter instanceof KeyPeriodFilter || filter instanceof LabelFilter) {
      String quoted = text.substring(text.indexOf('"') + 1, text.length() - 1);
      return filter instanceof LabelFilter
          ? track.labels().stream().anyMatch(quoted::equals)
          : period.id().equals(quoted);
    }
    if (filter instanceof BitrateFilter b) {
      return in((double) track.bitrate(), b.minBitrate(), b.maxBitrate(), false);
    }
    if (filter instanceof AudioFilter a) {
      return track.type().name().equals("AUDIO")
          && in(track.channels(), a.minChannels(), a.maxChannels(), false);
    }
    VideoFilter v = (VideoFilter) filter;
    return track.type().name().equals("VIDEO")
        && in((double) track.width() * track.height(), v.minPixels(), v.maxPixels(), false)
        && in(track.frameRate(), v.minFps(), v.maxFps(), true)
        && Optional.ofNullable(v.hdr()).orElse(track.hdr()).equals(track.hdr())
        && Optional.ofNullable(v.wcg()).orElse(track.wcg()).equals(track.wcg());
  }

  private static boolean in(
      double value, @Nullable Number min, @Nullable Number max, boolean openBelow) {
    BigDecimal from = min == null ? BigDecimal.ZERO : new BigDecimal(min.toString());
    BigDecimal to = max == null ? MAX : new BigDecimal(max.toString());
    BigDecimal start = openBelow && min != null ? from.add(EPSILON) : from;
    BigDecimal at = new BigDecimal(Double.toString(value));
    return at.subtract(start).signum() >= 0 && to.subtract(at).signum() >= 0;
  }

  private static boolean cannotTell(Filter filter, ResolutionContext context) {
    TrackType type = context.track().type();
    for (TrackProperty unknown : context.unknown()) {
      List<String> words =
          switch (unknown) {
            case PIXELS -> List.of("minPixels", "maxPixels");
            case FRAME_RATE -> List.of("minFps", "maxFps");
            case HDR -> List.of("hdr");
            case WCG -> List.of("wcg");
            case CHANNELS -> List.of("minChannels", "maxChannels");
            case BITRATE -> List.of("minBitrate", "maxBitrate");
            case LABELS -> List.of("label");
          };
      boolean ofOtherMedia =
          (filter instanceof VideoFilter && type != TrackType.VIDEO)
              || (filter instanceof AudioFilter && type != TrackType.AUDIO);
      String text = RuleText.of(filter);
      if (!ofOtherMedia && words.stream().anyMatch(word -> text.contains(" " + word + "="))) {
        return true;
      }
    }
    return false;
  }
}
