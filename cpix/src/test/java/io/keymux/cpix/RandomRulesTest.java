package io.keymux.cpix;

import static io.keymux.cpix.Rules.kid;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.BitrateFilter;
import io.keymux.cpix.Filter.KeyPeriodFilter;
import io.keymux.cpix.Filter.LabelFilter;
import io.keymux.cpix.Filter.VideoFilter;
import io.keymux.cpix.KeyPeriodSelector.ById;
import io.keymux.cpix.KeyResolution.Outcome;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random documents and tracks, whose numbers meet often, against {@link NaiveResolution}. */
class RandomRulesTest {
  private static final int CASES = 4_000;
  private static final List<KeyPeriod> PERIODS =
      List.of(Rules.numbered("p1", 1), Rules.numbered("p2", 2), Rules.numbered("p3", 3));
  private static final List<TrackType> TYPES = List.of(TrackType.values());
  private static final List<String> LABELS = List.of("a", "b", "A", "ab", "");

  @Test
  void resolve_randomDocuments_areAsTheNaiveReferenceSays() {
    Map<String, Integer> seen = new TreeMap<>();
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      CpixDocument document = document(random);
      ResolutionContext context = context(random);
      for (KeyPeriod period : PERIODS) {
        ResolutionContext at = context.in(new ById(period.id()));
        KeyResolution cpix = UsageRuleResolver.of(document).resolve(at);
        KeyResolution speke =
            UsageRuleResolver.of(document, ResolutionMode.SPEKE_LAST_RULE).resolve(at);
        String expected = NaiveResolution.of(document, context, period);
        assertThat(text(cpix)).as("seed %d, %s", seed, document).isEqualTo(expected);
        assertThat(text(speke))
            .as("seed %d, last rule, %s", seed, document)
            .isEqualTo(NaiveResolution.lastOf(document, context, period));
        assertThat(cpix.explain()).hasSize(document.usageRules().size() + more(cpix));
        seen.merge(expected.replaceFirst(" .*", ""), 1, Integer::sum);
      }
    }
    assertThat(seen).containsOnlyKeys("ambiguous", "key", "none", "unusable");
    assertThat(seen.values()).as(seen.toString()).allSatisfy(n -> assertThat(n).isGreaterThan(300));
  }

  @Test
  void resolveEach_randomDocuments_isWhatEachPeriodGives() {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      UsageRuleResolver resolver = UsageRuleResolver.of(document(random));
      ResolutionContext context = context(random);
      assertThat(resolver.resolveEach(context))
          .as("seed %d", seed)
          .containsExactlyElementsOf(
              PERIODS.stream()
                  .map(period -> resolver.resolve(context.in(new ById(period.id()))))
                  .toList());
    }
  }

  /** The headline, unless it takes the place of the deciding rule's line. */
  private static int more(KeyResolution resolution) {
    return resolution.decision() == null ? 1 : 0;
  }

  private static String text(KeyResolution resolution) {
    if (resolution.outcome() == Outcome.KEY) {
      return "key " + resolution.keyId().orElseThrow();
    }
    return switch (resolution.outcome()) {
      case AMBIGUOUS -> "ambiguous " + new TreeSet<>(resolution.keyIds());
      case UNUSABLE -> "unusable";
      default -> "none";
    };
  }

  private static CpixDocument document(Random random) {
    UsageRule[] rules = new UsageRule[1 + random.nextInt(4)];
    for (int i = 0; i < rules.length; i++) {
      List<Filter> filters = new ArrayList<>();
      for (int left = random.nextInt(5); left > 0; left--) {
        filters.add(filter(random));
      }
      rules[i] = new UsageRule(kid(random.nextInt(3)), "", filters, random.nextInt(40) > 0);
    }
    return Rules.document(PERIODS, rules);
  }

  private static Filter filter(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> new KeyPeriodFilter("p" + (1 + random.nextInt(3)));
      case 1 -> new LabelFilter(LABELS.get(random.nextInt(LABELS.size())));
      case 2 -> new BitrateFilter(bound(random), bound(random));
      case 3 -> new AudioFilter(small(random), small(random));
      default ->
          new VideoFilter(
              bound(random),
              bound(random),
              bound(random),
              bound(random),
              flag(random),
              flag(random));
    };
  }

  private static @Nullable Long bound(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> 0L;
      case 1 -> 4_294_967_295L;
      case 2, 3 -> (long) random.nextInt(5);
      default -> null;
    };
  }

  private static @Nullable Integer small(Random random) {
    return random.nextInt(3) == 0 ? random.nextInt(5) : null;
  }

  private static @Nullable Boolean flag(Random random) {
    return random.nextInt(4) == 0 ? random.nextBoolean() : null;
  }

  private static ResolutionContext context(Random random) {
    TrackType type = TYPES.get(random.nextInt(TYPES.size()));
    Set<String> labels = new HashSet<>(Set.of("t"));
    LABELS.stream().filter(label -> random.nextBoolean()).forEach(labels::add);
    boolean video = type == TrackType.VIDEO;
    Track track =
        new Track(
            "t",
            type,
            labels,
            "und",
            "",
            random.nextInt(5),
            video ? random.nextInt(3) : 0,
            video ? random.nextInt(3) : 0,
            video ? random.nextInt(10) / 2.0 : 0,
            video && random.nextBoolean(),
            video && random.nextBoolean(),
            type == TrackType.AUDIO ? random.nextInt(5) : 0,
            0);
    Set<TrackProperty> unknown = EnumSet.noneOf(TrackProperty.class);
    for (TrackProperty property : TrackProperty.values()) {
      if (random.nextInt(30) == 0) {
        unknown.add(property);
      }
    }
    return new ResolutionContext(track, unknown, null);
  }
}
