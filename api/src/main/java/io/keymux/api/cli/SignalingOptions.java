package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Arguments;
import io.keymux.api.cli.syntax.CommandOption;
import io.keymux.api.cli.syntax.Value;
import io.keymux.cpix.signaling.SignalingSettings;
import java.util.List;

/** What players are told beyond keys and scheme. What a key server says goes before it. */
final class SignalingOptions {
  private static final CommandOption LICENSE_URL =
      CommandOption.repeated(
          "--license-url",
          "SYSTEM=URL",
          "Where players get licences: in the PlayReady header, and in the MPD",
          "for widevine and clearkey; repeatable.");
  private static final CommandOption FAIRPLAY_URI =
      CommandOption.one(
          "--fairplay-uri",
          "TEMPLATE",
          "FairPlay's key URI: skd:// and more, with {kid} and {contentId}",
          "(default: skd://{kid}).");
  private static final CommandOption WIDEVINE_PROVIDER =
      CommandOption.one("--widevine-provider", "NAME", "The provider that Widevine data names.");
  private static final CommandOption KEY_URI =
      CommandOption.one(
          "--key-uri",
          "TEMPLATE",
          "Where HLS players get ClearKey keys, 16 raw bytes:",
          "https://keys.example/{contentId}/{kid}.");

  static final List<CommandOption> OPTIONS =
      List.of(KEY_URI, LICENSE_URL, FAIRPLAY_URI, WIDEVINE_PROVIDER);

  private SignalingOptions() {}

  /**
   * @throws io.keymux.cpix.DrmException with code {@code invalid-uri-template} if one is none
   */
  static SignalingSettings read(Arguments given) {
    SignalingSettings settings = SignalingSettings.DEFAULT;
    for (Value url : given.values(LICENSE_URL)) {
      int equals = url.text().indexOf('=');
      if (equals < 0 || !url.text().substring(equals + 1).matches("https?://.+")) {
        // Not repeated: a licence URL may hold a token.
        throw url.refused(
            "It is not SYSTEM=URL, as playready=https://licence.example/rightsmanager.");
      }
      settings =
          settings.withLicenseUrl(
              Converters.system(url, url.text().substring(0, equals)),
              url.text().substring(equals + 1));
    }
    String provider = given.text(WIDEVINE_PROVIDER);
    if (provider != null) {
      settings = settings.withWidevine(provider, settings.widevineContentId());
    }
    String fairPlay = given.text(FAIRPLAY_URI);
    if (fairPlay != null) {
      settings = settings.withFairPlayUri(fairPlay);
    }
    String keyUri = given.text(KEY_URI);
    return keyUri == null ? settings : settings.withKeyUri(keyUri);
  }
}
