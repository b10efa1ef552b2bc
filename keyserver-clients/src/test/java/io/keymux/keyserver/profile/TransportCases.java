package io.keymux.keyserver.profile;

import static io.keymux.cpix.DrmSystem.FAIRPLAY;
import static io.keymux.cpix.DrmSystem.PLAYREADY;
import static io.keymux.cpix.DrmSystem.WIDEVINE;
import static io.keymux.keyserver.speke.Requests.perType;
import static io.keymux.keyserver.speke.Requests.shared;

import com.github.tomakehurst.wiremock.http.Request;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.keyserver.cpixget.Documents;
import io.keymux.keyserver.drmtoday.IngestAnswers;
import io.keymux.keyserver.playready.PlayReadyAnswers;
import io.keymux.keyserver.speke.Requests;
import io.keymux.keyserver.speke.SpekeAnswer;
import io.keymux.keyserver.speke.Vendor;
import io.keymux.keyserver.speke.VendorAnswer;
import io.keymux.keyserver.tencent.TencentDouble;
import io.keymux.keyserver.widevine.WidevineAnswers;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Every transport as users configure it. Its URL has a query that no proof may change. */
final class TransportCases {
  private static final String PATH = "/keys/v1?tenant=a%2Fb";
  private static final String XML = "application/xml";
  private static final String JSON = "application/json";
  private static final KeyRequest ALL_SYSTEMS =
      Requests.of(perType(), WIDEVINE, PLAYREADY, FAIRPLAY);
  private static final KeyRequest TWO = Requests.of(perType(), WIDEVINE);

  private TransportCases() {}

  static List<TransportCase> all() {
    return List.of(
        speke2(),
        speke1(),
        vendor(),
        get(),
        widevine(),
        playReady(),
        tencent(),
        ingest3(),
        ingest2(),
        skm());
  }

  private static TransportCase speke2() {
    return post(
        "cpix-post SPEKE v2.0",
        "transport: cpix-post, cpix: {speke: '2.0'}",
        XML,
        ALL_SYSTEMS,
        request ->
            new Reply(
                200,
                Map.of("X-Speke-Version", "2.0", "X-Speke-User-Agent", "double"),
                SpekeAnswer.to(ALL_SYSTEMS)),
        ALL_SYSTEMS.keyIds(),
        SpekeAnswer.keys(ALL_SYSTEMS));
  }

  private static TransportCase speke1() {
    KeyRequest request = Requests.of(shared(), WIDEVINE);
    String widevine = WIDEVINE.systemId().toString();
    String answer =
        ("<cpix:CPIX xmlns:cpix=\"urn:dashif:org:cpix\" id=\"movie-1\""
                + " xmlns:pskc=\"urn:ietf:params:xml:ns:keyprov:pskc\"><cpix:ContentKeyList>"
                + "<cpix:ContentKey kid=\"%1$s\"><cpix:Data><pskc:Secret><pskc:PlainValue>%2$s"
                + "</pskc:PlainValue></pskc:Secret></cpix:Data></cpix:ContentKey>"
                + "</cpix:ContentKeyList><cpix:DRMSystemList>"
                + "<cpix:DRMSystem kid=\"%1$s\" systemId=\"%3$s\"><cpix:PSSH>%4$s</cpix:PSSH>"
                + "</cpix:DRMSystem></cpix:DRMSystemList></cpix:CPIX>")
            .formatted(
                Requests.A,
                SpekeAnswer.base64(HexFormat.of().parseHex(SpekeAnswer.key(1))),
                widevine,
                SpekeAnswer.base64(SpekeAnswer.pssh(widevine, Requests.A, "cenc")));
    return post(
        "cpix-post SPEKE v1",
        "transport: cpix-post, cpix: {speke: '1.0'}",
        XML,
        request,
        sent -> Reply.ok(answer),
        request.keyIds(),
        SpekeAnswer.key(1));
  }

  private static TransportCase vendor() {
    return post(
        "cpix-post vendor",
        "transport: cpix-post, cpix: {speke: none, contentIdAttribute: id, versionAttribute: false,"
            + " placeholders: none, kids: replace}, trackTypes: {names: {VIDEO: HD},"
            + " known: [AUDIO, SD, HD]}",
        XML,
        ALL_SYSTEMS,
        request -> Reply.ok(VendorAnswer.to(Vendor.DOVERUNNER, ALL_SYSTEMS).xml()),
        ALL_SYSTEMS.keyIds().stream().map(Vendor.DOVERUNNER::kid).toList(),
        SpekeAnswer.keys(ALL_SYSTEMS));
  }

  private static TransportCase get() {
    KeyId video = Documents.fresh(Requests.A);
    KeyId audio = Documents.fresh(Requests.B);
    return new TransportCase(
        "cpix-get",
        "transport: cpix-get, get: {mapping: server}",
        "/ingest/{contentId}?tenant=a%2Fb&drm={systems}",
        "/ingest/movie-1?tenant=a%2Fb&drm=widevine,fairplay",
        "",
        Requests.of(perType(), WIDEVINE, FAIRPLAY),
        request -> Reply.ok(Documents.generated(video, audio, "movie-1")),
        List.of(video, audio),
        List.of(Documents.KEY_1, Documents.KEY_2));
  }

  private static TransportCase widevine() {
    return post(
        "widevine",
        "transport: widevine",
        JSON,
        WidevineAnswers.REQUEST,
        request -> Reply.ok(WidevineAnswers.wrapped(WidevineAnswers.good())),
        List.of(WidevineAnswers.SD, WidevineAnswers.AUDIO),
        WidevineAnswers.SD_KEY,
        WidevineAnswers.AUDIO_KEY);
  }

  private static TransportCase playReady() {
    return post(
        "playready",
        "transport: playready",
        "text/xml; charset=UTF-8",
        Requests.of(shared(), PLAYREADY),
        request ->
            Reply.ok(PlayReadyAnswers.answer(Requests.C, PlayReadyAnswers.object(Requests.C))),
        List.of(Requests.C),
        PlayReadyAnswers.KEY);
  }

  private static TransportCase tencent() {
    String answer =
        TencentDouble.answer(
            "",
            TencentDouble.key(
                "HD",
                TencentDouble.HD.toHex(),
                TencentDouble.encrypted(TencentDouble.HD_KEY, true),
                ""),
            TencentDouble.key(
                "AUDIO",
                TencentDouble.AUDIO.toHex(),
                TencentDouble.encrypted(TencentDouble.AUDIO_KEY, true),
                ""));
    return post(
        "tencent",
        "transport: tencent, trackTypes: {names: {VIDEO: HD}}",
        "application/json; charset=utf-8",
        TWO,
        request -> Reply.ok(TencentDouble.filled(answer, request.getBody())),
        List.of(TencentDouble.HD, TencentDouble.AUDIO),
        TencentDouble.HD_KEY,
        TencentDouble.AUDIO_KEY);
  }

  private static TransportCase ingest3() {
    return post(
        "drmtoday-ingest v3",
        "transport: drmtoday-ingest, ingest: {version: v3}",
        JSON,
        TWO,
        request -> Reply.ok("{\"assets\":[{\"assetId\":\"movie-1\"}]}"),
        madeIds(),
        made());
  }

  private static TransportCase ingest2() {
    String answer =
        IngestAnswers.asset(
            IngestAnswers.key("VIDEO", IngestAnswers.made(TWO, 0), ""),
            IngestAnswers.key("AUDIO", IngestAnswers.made(TWO, 1), ""));
    return post(
        "drmtoday-ingest v2",
        "transport: drmtoday-ingest, ingest: {version: v2}",
        JSON,
        TWO,
        request -> Reply.ok(answer),
        madeIds(),
        made());
  }

  /** The store gives back what is put into it, key by key. */
  private static TransportCase skm() {
    return post(
        "skm",
        "transport: skm",
        JSON,
        TWO,
        request -> Reply.ok(request.getBodyAsString().replaceAll("\"contentId\":\"movie-1\",", "")),
        madeIds(),
        made());
  }

  private static List<KeyId> madeIds() {
    return TestAccounts.PRODUCER.exchange(TWO).contentKeys().stream().map(ContentKey::id).toList();
  }

  private static String[] made() {
    return TestAccounts.PRODUCER.exchange(TWO).contentKeys().stream()
        .map(IngestAnswers::hex)
        .toArray(String[]::new);
  }

  private static TransportCase post(
      String name,
      String fields,
      String contentType,
      KeyRequest request,
      Function<Request, Reply> answer,
      List<KeyId> kids,
      String... keys) {
    return new TransportCase(
        name, fields, PATH, PATH, contentType, request, answer, kids, List.of(keys));
  }
}
