package io.keymux.api.keyserver.drmtoday;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.keymux.api.json.Json;
import io.keymux.api.keyserver.EmbeddedKeys;
import io.keymux.api.keyserver.KeySources;
import io.keymux.api.keyserver.tickets.TicketAccess;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.box.PsshBox;
import io.keymux.cpix.signaling.SignalingGenerator;
import io.keymux.cpix.signaling.SignalingRequest;
import io.keymux.cpix.signaling.SignalingSettings;
import java.net.URI;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes keys that clients made, as DRMtoday's key ingest v3 does. They are kept in memory and
 * delivered to players as those of the seed are.
 */
public final class KeyIngest {
  private static final String OTHER_KEY = "There is another key for this keyId.";

  private final EmbeddedKeys keys;
  private final TicketAccess access;

  public KeyIngest(EmbeddedKeys keys, TicketAccess access) {
    this.keys = keys;
    this.access = access;
  }

  /**
   * {@code POST .../keys/v3/ingest/{org}}: answers 200 with signalling for each key, or with errors
   * beside those that were not taken; 401 with one line of text.
   *
   * @param body asked for once, and only with a ticket
   * @throws io.keymux.api.problem.RequestException with status 400 or 422 if the body cannot be
   *     used, or the organization is no name; no key is then taken
   */
  public void ingest(Context ctx, Supplier<byte[]> body) {
    ctx.header("Cache-Control", "no-store");
    if (!access.admits(ctx)) {
      return;
    }
    PathName.require(ctx, "org");
    byte[] read = body.get();
    try (IngestRequest request = IngestReader.read(read)) {
      SignalingSettings settings =
          KeySources.signaling(URI.create(ctx.scheme() + "://" + ctx.host()));
      List<IngestAnswer.Asset> assets =
          request.assets().stream().map(asset -> asset(asset, request, settings)).toList();
      ctx.contentType("application/json")
          .result(Json.line(new IngestAnswer(assets)).getBytes(UTF_8));
    } finally {
      Arrays.fill(read, (byte) 0);
    }
  }

  private IngestAnswer.Asset asset(
      IngestRequest.Asset asset, IngestRequest request, SignalingSettings settings) {
    List<IngestAnswer.Key> answers =
        asset.keys().stream()
            .map(
                key ->
                    keys.ingest(asset.assetId(), key.id(), key.value(), key.iv(), asset.overwrite())
                        ? IngestAnswer.Key.taken(
                            key,
                            signaling(ProtectionScheme.CENC, asset, key, request, settings),
                            signaling(ProtectionScheme.CBCS, asset, key, request, settings))
                        : IngestAnswer.Key.refused(key, OTHER_KEY))
            .toList();
    return new IngestAnswer.Asset(asset.assetId(), asset.variantId(), answers);
  }

  /** FairPlay has no box, so nothing is said of it. */
  private static IngestAnswer.@Nullable Signaling signaling(
      ProtectionScheme scheme,
      IngestRequest.Asset asset,
      IngestRequest.Key key,
      IngestRequest request,
      SignalingSettings settings) {
    if (!request.schemes().contains(scheme)) {
      return null;
    }
    Set<DrmSystem> systems = EnumSet.noneOf(DrmSystem.class);
    request.systems().stream().filter(system -> system.plays(scheme)).forEach(systems::add);
    Map<String, IngestAnswer.Box> boxes = new LinkedHashMap<>();
    ContentKey content = new ContentKey(key.id(), key.value(), scheme, key.iv());
    SignalingRequest wanted =
        new SignalingRequest(asset.assetId(), scheme, systems, List.of(content), settings);
    for (DrmSignaling made : SignalingGenerator.generate(wanted)) {
      DrmSystem system = made.system();
      if (system != null && made.pssh() != null) {
        PsshBox box = PsshBox.parse(made.pssh().toArray());
        boxes.put(
            system.systemId().toString(),
            new IngestAnswer.Box(name(system), box.data().toBase64(), made.pssh().toBase64()));
      }
    }
    return new IngestAnswer.Signaling(boxes);
  }

  private static String name(DrmSystem system) {
    return switch (system) {
      case WIDEVINE -> "Widevine";
      case PLAYREADY -> "PlayReady";
      case FAIRPLAY -> "FairPlay";
      case CLEARKEY -> "ClearKey";
      case AES_128, SAMPLE_AES ->
          throw new IllegalArgumentException(system.id() + " has no pssh box");
    };
  }
}
