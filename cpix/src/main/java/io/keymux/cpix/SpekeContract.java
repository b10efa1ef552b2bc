package io.keymux.cpix;

import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.VideoFilter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The encryption contracts of SPEKE: fixed sets of rules, whole whatever tracks there are, so that
 * one asset has the same keys for every ladder. A preset for video goes with any for audio.
 *
 * @see "AWS SPEKE v2.0, Encryption contract; AWS Elemental MediaPackage, SPEKE Version 2.0 presets"
 */
final class SpekeContract {
  private static final long SD = 1024 * 576;
  private static final long HD1 = 1280 * 720;
  private static final long HD = 1920 * 1080;
  private static final long UHD1 = 4096 * 2160;

  private static final String SHARED = "SHARED";
  private static final String UNENCRYPTED = "UNENCRYPTED";
  private static final Pattern PAIR =
      Pattern.compile("(VIDEO_[1-8]|UNENCRYPTED)\\+(AUDIO_[1-3]|UNENCRYPTED)");

  private SpekeContract() {}

  /**
   * The rule of one contract.
   *
   * @param id as in {@link KeyRule#id}
   * @param name what follows {@code speke:}
   * @return empty if there is no contract of that name
   */
  static Optional<KeyRule> rule(String id, String name) {
    if (name.equals(SHARED)) {
      List<Filter> all = List.of(VideoFilter.ANY, AudioFilter.ANY);
      Map<String, List<Filter>> shared = Map.of(RuleMatch.SHARED_TRACK_TYPE, all);
      return Optional.of(new KeyRule(id, media -> shared, null));
    }
    Matcher pair = PAIR.matcher(name);
    if (!pair.matches()) {
      return Optional.empty();
    }
    boolean video = !pair.group(1).equals(UNENCRYPTED);
    boolean audio = !pair.group(2).equals(UNENCRYPTED);
    if (!video && !audio) {
      return Optional.empty();
    }
    Map<String, List<Filter>> filters = new LinkedHashMap<>();
    if (video) {
      video(pair.group(1)).forEach((type, filter) -> filters.put(type, List.of(filter)));
    }
    if (audio) {
      audio(pair.group(2)).forEach((type, filter) -> filters.put(type, List.of(filter)));
    }
    TrackType clear = video ? audio ? null : TrackType.AUDIO : TrackType.VIDEO;
    return Optional.of(new KeyRule(id, media -> filters, clear));
  }

  /**
   * In the presets 7 and 8, SD and the smaller HD share a key and one filter, as the requests of
   * AWS's own test suite have it.
   */
  private static Map<String, Filter> video(String preset) {
    Map<String, Filter> tiers = new LinkedHashMap<>();
    switch (preset) {
      case "VIDEO_1" -> tiers.put("VIDEO", VideoFilter.ANY);
      case "VIDEO_2" -> {
        tiers.put("SD", pixels(null, SD));
        tiers.put("HD", pixels(SD, null));
      }
      case "VIDEO_3" -> {
        tiers.put("SD", pixels(null, SD));
        tiers.put("HD", pixels(SD, HD));
        tiers.put("UHD", pixels(HD, null));
      }
      case "VIDEO_4" -> {
        tiers.put("SD", pixels(null, SD));
        tiers.put("HD", pixels(SD, HD));
        twoOfUltraHigh(tiers);
      }
      case "VIDEO_5" -> {
        tiers.put("SD", pixels(null, SD));
        twoOfHigh(tiers);
        twoOfUltraHigh(tiers);
      }
      case "VIDEO_6" -> {
        tiers.put("SD", pixels(null, SD));
        twoOfHigh(tiers);
        tiers.put("UHD", pixels(HD, null));
      }
      case "VIDEO_7" -> {
        tiers.put("SD+HD1", pixels(null, HD1));
        tiers.put("HD2", pixels(HD1, HD));
        tiers.put("UHD", pixels(HD, null));
      }
      case "VIDEO_8" -> {
        tiers.put("SD+HD1", pixels(null, HD1));
        tiers.put("HD2", pixels(HD1, HD));
        twoOfUltraHigh(tiers);
      }
      default -> throw new IllegalArgumentException(preset);
    }
    return tiers;
  }

  private static void twoOfHigh(Map<String, Filter> tiers) {
    tiers.put("HD1", pixels(SD, HD1));
    tiers.put("HD2", pixels(HD1, HD));
  }

  private static void twoOfUltraHigh(Map<String, Filter> tiers) {
    tiers.put("UHD1", pixels(HD, UHD1));
    tiers.put("UHD2", pixels(UHD1, null));
  }

  private static Map<String, Filter> audio(String preset) {
    Map<String, Filter> tiers = new LinkedHashMap<>();
    switch (preset) {
      case "AUDIO_1" -> tiers.put("AUDIO", AudioFilter.ANY);
      case "AUDIO_2" -> {
        tiers.put("STEREO_AUDIO", new AudioFilter(null, 2));
        tiers.put("MULTICHANNEL_AUDIO", new AudioFilter(3, null));
      }
      case "AUDIO_3" -> {
        tiers.put("STEREO_AUDIO", new AudioFilter(null, 2));
        tiers.put("MULTICHANNEL_AUDIO_3_6", new AudioFilter(3, 6));
        tiers.put("MULTICHANNEL_AUDIO_7", new AudioFilter(7, null));
      }
      default -> throw new IllegalArgumentException(preset);
    }
    return tiers;
  }

  /**
   * @param above the largest size of the tier below, or null for none
   */
  private static Filter pixels(@Nullable Long above, @Nullable Long most) {
    return VideoFilter.pixels(above == null ? null : above + 1, most);
  }
}
