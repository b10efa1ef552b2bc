package io.keymux.keyserver.profile;

import io.keymux.cpix.KeyExchange;
import io.keymux.keyserver.answer.TrackTypeNames;
import io.keymux.keyserver.drmtoday.DrmTodayIngest;
import io.keymux.keyserver.drmtoday.DrmTodayOptions;
import io.keymux.keyserver.drmtoday.IngestVersion;
import io.keymux.keyserver.http.HttpExchange;
import io.keymux.keyserver.http.KeyServerUrl;
import io.keymux.keyserver.tencent.TencentDrmKeys;
import io.keymux.keyserver.tencent.TencentDrmOptions;
import io.keymux.keyserver.tencent.TencentDrmOptions.ContentType;
import io.keymux.keyserver.tencent.TencentDrmOptions.DrmType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Reads the sections of protocols that one vendor has: {@code ingest} and {@code tencent}. */
final class VendorOpener {
  private VendorOpener() {}

  static DrmTodayIngest drmToday(
      ProfileFields fields,
      TrackTypeNames types,
      KeyServerUrl url,
      KeyExchange producer,
      HttpExchange http) {
    ProfileFields ingest = fields.section("ingest");
    DrmTodayOptions options =
        DrmTodayOptions.of(
                ingest.choice(
                    "version",
                    new TreeMap<>(Map.of("v2", IngestVersion.V2, "v3", IngestVersion.V3)),
                    IngestVersion.V3))
            .withVariantId(ingest.text("variantId", ""))
            .withOverwriteExistingKeys(ingest.flag("overwrite", false))
            .withSignaling(ingest.flag("signaling", true))
            .withTrackTypes(TrackTypes.over(types, DrmTodayOptions.STREAM_TYPES));
    return DrmTodayIngest.of(url, options, producer, http);
  }

  static TencentDrmKeys tencent(
      ProfileFields fields, TrackTypeNames types, KeyServerUrl url, HttpExchange http) {
    ProfileFields tencent = fields.section("tencent");
    Map<String, DrmType> drmTypes = new LinkedHashMap<>();
    for (DrmType type : DrmType.values()) {
      drmTypes.put(type.name(), type);
    }
    DrmType type = tencent.choice("drmType", drmTypes, DrmType.WIDEVINE);
    ContentType content =
        tencent.choice(
            "contentType",
            new TreeMap<>(Map.of("vod", ContentType.VOD, "live", ContentType.LIVE)),
            ContentType.VOD);
    TencentDrmOptions usual = TencentDrmOptions.of(type);
    return TencentDrmKeys.of(
        url,
        new TencentDrmOptions(
            type, content, TrackTypes.over(types, usual.trackTypes()), tencent.word("region")),
        http);
  }
}
