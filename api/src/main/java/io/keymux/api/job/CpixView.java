package io.keymux.api.job;

import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.ProtectionScheme;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A CPIX document as JSON, without its keys. */
public record CpixView(
    @Nullable String contentId,
    @Nullable String version,
    List<Key> keys,
    List<SystemEntry> systems,
    List<PlanView.Rule> rules,
    List<String> periods) {

  /**
   * @param hasValue whether the document holds the key itself
   * @param explicitIv in hex
   */
  public record Key(
      String keyId, @Nullable String scheme, boolean hasValue, @Nullable String explicitIv) {}

  /**
   * @param name of a system that we know, else its UUID
   * @param signaling which kinds are there
   */
  public record SystemEntry(String keyId, String systemId, String name, List<String> signaling) {}

  public static CpixView of(CpixDocument document) {
    List<Key> keys = new ArrayList<>();
    document
        .contentKeys()
        .forEach(
            key ->
                keys.add(
                    new Key(
                        key.id().toString(),
                        fourCc(key.scheme()),
                        true,
                        key.explicitIv() == null ? null : key.explicitIv().toHex())));
    document
        .requestedKeys()
        .forEach(
            key ->
                keys.add(
                    new Key(
                        key.id().toString(),
                        fourCc(key.scheme()),
                        false,
                        key.explicitIv() == null ? null : key.explicitIv().toHex())));
    return new CpixView(
        document.contentId(),
        document.version(),
        keys,
        document.drmSystems().stream().map(CpixView::system).toList(),
        document.usageRules().stream().map(PlanView.Rule::of).toList(),
        document.keyPeriods().stream().map(period -> period.id()).toList());
  }

  private static @Nullable String fourCc(@Nullable ProtectionScheme scheme) {
    return scheme == null ? null : scheme.fourCc();
  }

  private static SystemEntry system(DrmSignaling entry) {
    List<String> kinds = new ArrayList<>();
    add(kinds, "pssh", entry.pssh());
    add(kinds, "content-protection", entry.contentProtection());
    add(kinds, "hls-media", entry.hlsMedia());
    add(kinds, "hls-master", entry.hlsMultivariant());
    add(kinds, "smooth-streaming", entry.smoothHeader());
    DrmSystem known = entry.system();
    String id = entry.systemId().toString();
    return new SystemEntry(entry.keyId().toString(), id, known == null ? id : known.id(), kinds);
  }

  private static void add(List<String> kinds, String kind, @Nullable Object value) {
    if (value != null) {
      kinds.add(kind);
    }
  }
}
