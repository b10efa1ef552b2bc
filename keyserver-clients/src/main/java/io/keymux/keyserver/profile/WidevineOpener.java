package io.keymux.keyserver.profile;

import io.keymux.cpix.Bytes;
import io.keymux.keyserver.answer.TrackTypeNames;
import io.keymux.keyserver.http.HttpExchange;
import io.keymux.keyserver.http.KeyServerUrl;
import io.keymux.keyserver.widevine.ContentIdForm;
import io.keymux.keyserver.widevine.CryptoPeriods;
import io.keymux.keyserver.widevine.WidevineKeys;
import io.keymux.keyserver.widevine.WidevineOptions;
import io.keymux.keyserver.widevine.WidevineSigner;
import io.keymux.keyserver.widevine.WidevineVerifier;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code widevine}: the Widevine common encryption API. */
final class WidevineOpener {
  private WidevineOpener() {}

  static WidevineKeys open(
      ProfileFields fields, TrackTypeNames types, KeyServerUrl url, HttpExchange http) {
    ProfileFields widevine = fields.section("widevine");
    WidevineOptions options =
        WidevineOptions.DEFAULT
            .withSigner(signer(widevine.section("signer"), widevine.has("signer")))
            .withVerifier(verifier(widevine.section("verifier"), widevine.has("verifier")))
            .withPolicy(widevine.text("policy", ""))
            .withGroupId(group(widevine))
            .withTrackTypes(TrackTypes.over(types, WidevineOptions.TRACK_TYPES))
            .withContentIdForm(
                widevine.choice(
                    "contentIdForm",
                    Map.of("text", ContentIdForm.TEXT, "hex", ContentIdForm.HEX),
                    ContentIdForm.TEXT))
            .withPeriods(periods(widevine));
    List<String> drmTypes = widevine.texts("drmTypes");
    try {
      return WidevineKeys.of(
          url, drmTypes == null ? options : options.withDrmTypes(drmTypes), http);
    } catch (IllegalArgumentException e) {
      throw widevine.fault("drmTypes", "is not a list of some of WIDEVINE, PLAYREADY, FAIRPLAY");
    }
  }

  private static WidevineSigner signer(ProfileFields signer, boolean given) {
    if (!given) {
      return WidevineSigner.none();
    }
    String name = signer.text("name");
    try {
      return signer.has("privateKey")
          ? WidevineSigner.rsa(
              name, Certificates.credential(signer, "privateKey", "certificate").privateKey())
          : WidevineSigner.aes(name, HexSecret.of(signer, "key"), hex(signer, "iv"));
    } catch (IllegalArgumentException e) {
      throw signer.fault("key", "is not an AES key of 16 or 32 bytes with an IV of 16, in hex");
    }
  }

  private static WidevineVerifier verifier(ProfileFields verifier, boolean given) {
    if (!given) {
      return WidevineVerifier.none();
    }
    try {
      return verifier.has("certificate")
          ? WidevineVerifier.rsa(Certificates.chain(verifier, "certificate").get(0).getPublicKey())
          : WidevineVerifier.aes(HexSecret.of(verifier, "key"), hex(verifier, "iv"));
    } catch (IllegalArgumentException e) {
      throw verifier.fault("key", "is not an AES key of 16 or 32 bytes with an IV of 16, in hex");
    }
  }

  private static @Nullable Bytes group(ProfileFields widevine) {
    return widevine.has("groupId") ? hex(widevine, "groupId") : null;
  }

  private static @Nullable CryptoPeriods periods(ProfileFields widevine) {
    ProfileFields periods = widevine.section("periods");
    if (!widevine.has("periods")) {
      return null;
    }
    return new CryptoPeriods(
        periods.number("first", 0, 0, Integer.MAX_VALUE - 1000),
        periods.number("count", 1, 1, 1000),
        periods.number("seconds", 0, 0, Integer.MAX_VALUE));
  }

  private static Bytes hex(ProfileFields fields, String field) {
    try {
      return Bytes.copyOf(HexFormat.of().parseHex(fields.text(field)));
    } catch (IllegalArgumentException e) {
      throw fields.fault(field, "is not hex");
    }
  }
}
