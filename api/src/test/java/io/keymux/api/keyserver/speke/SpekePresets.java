package io.keymux.api.keyserver.speke;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The preset tables of SPEKE v2 as usage rules.
 *
 * @see "SPEKE API specification v2, Encryption contract, presets"
 */
final class SpekePresets {
  private static final String UHD = "UHD|video minPixels=2073601";
  private static final String UHD1 = "UHD1|video minPixels=2073601 maxPixels=8847360";
  private static final String UHD2 = "UHD2|video minPixels=8847361";
  private static final String SD = "SD|video maxPixels=589824";
  private static final String HD1 = "HD1|video minPixels=589825 maxPixels=921600";
  private static final String HD2 = "HD2|video minPixels=921601 maxPixels=2073600";
  private static final String SD_HD1 = "SD+HD1|video maxPixels=921600";
  private static final String HD = "HD|video minPixels=589825 maxPixels=2073600";
  private static final String STEREO = "STEREO_AUDIO|audio maxChannels=2";

  private static final List<List<String>> VIDEO =
      List.of(
          List.of("VIDEO|video"),
          List.of(SD, "HD|video minPixels=589825"),
          List.of(SD, HD, UHD),
          List.of(SD, HD, UHD1, UHD2),
          List.of(SD, HD1, HD2, UHD1, UHD2),
          List.of(SD, HD1, HD2, UHD),
          List.of(SD_HD1, HD2, UHD),
          List.of(SD_HD1, HD2, UHD1, UHD2));

  private static final List<List<String>> AUDIO =
      List.of(
          List.of("AUDIO|audio"),
          List.of(STEREO, "MULTICHANNEL_AUDIO|audio minChannels=3"),
          List.of(
              STEREO,
              "MULTICHANNEL_AUDIO_3_6|audio minChannels=3 maxChannels=6",
              "MULTICHANNEL_AUDIO_7|audio minChannels=7"));

  private SpekePresets() {}

  /**
   * @param rules one for each key: track type, bar, then filters with semicolons between
   */
  record Contract(String name, List<String> rules) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Video 1 to 8 with audio 1 to 3, either of them unencrypted, and one key for both. */
  static Stream<Contract> all() {
    List<Contract> contracts = new ArrayList<>();
    for (int video = 0; video <= VIDEO.size(); video++) {
      for (int audio = 0; audio <= AUDIO.size(); audio++) {
        List<String> rules = new ArrayList<>();
        rules.addAll(video == 0 ? List.of() : VIDEO.get(video - 1));
        rules.addAll(audio == 0 ? List.of() : AUDIO.get(audio - 1));
        if (!rules.isEmpty()) {
          contracts.add(new Contract("video " + video + " audio " + audio, rules));
        }
      }
    }
    contracts.add(new Contract("shared", List.of("ALL|video;audio")));
    return contracts.stream();
  }
}
