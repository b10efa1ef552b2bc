package io.keymux.api.job;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DeliveryData;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyDetails;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.document.CpixTree;
import io.keymux.cpix.signature.TrustAnchors;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A CPIX document as JSON, without its keys.
 *
 * @param recipients whom the keys are encrypted for
 * @param signatures as they are, whoever made them: nobody is trusted here
 */
public record CpixView(
    @Nullable String contentId,
    @Nullable String version,
    List<Key> keys,
    List<SystemEntry> systems,
    List<PlanView.Rule> rules,
    List<String> periods,
    List<Recipient> recipients,
    List<SignatureView> signatures) {

  /**
   * @param hasValue whether the key itself could be read
   * @param explicitIv in hex
   * @param dependsOn the KID of the root of a leaf key
   */
  public record Key(
      String keyId,
      @Nullable String scheme,
      boolean hasValue,
      @Nullable String explicitIv,
      @Nullable String dependsOn) {}

  /**
   * @param name of a system that we know, else its UUID
   * @param signaling which kinds are there
   */
  public record SystemEntry(String keyId, String systemId, String name, List<String> signaling) {}

  /**
   * @param certificateSha256 in hex
   * @param hasDocumentKey false where the recipient only asks for keys
   */
  public record Recipient(@Nullable String id, String certificateSha256, boolean hasDocumentKey) {}

  /**
   * @param document that was read of {@code tree}, with as many keys as could be read
   * @throws io.keymux.cpix.InvalidCpixException with code {@code cpix-too-many-signatures}
   */
  public static CpixView of(CpixDocument document, CpixTree tree) {
    List<Key> keys = new ArrayList<>();
    document
        .contentKeys()
        .forEach(
            key -> keys.add(key(key.id(), key.scheme(), true, key.explicitIv(), key.details())));
    document
        .requestedKeys()
        .forEach(
            key -> keys.add(key(key.id(), key.scheme(), false, key.explicitIv(), key.details())));
    return new CpixView(
        document.contentId(),
        document.version(),
        keys,
        document.drmSystems().stream().map(CpixView::system).toList(),
        document.usageRules().stream().map(PlanView.Rule::of).toList(),
        document.keyPeriods().stream().map(period -> period.id()).toList(),
        document.details().deliveryData().stream().map(CpixView::recipient).toList(),
        tree.verify(TrustAnchors.NONE).signatures().stream().map(SignatureView::of).toList());
  }

  private static Key key(
      KeyId id,
      @Nullable ProtectionScheme scheme,
      boolean hasValue,
      @Nullable Bytes iv,
      KeyDetails details) {
    return new Key(
        id.toString(),
        details.hlsMethod() != null ? details.hlsMethod() : fourCc(scheme),
        hasValue,
        iv == null ? null : iv.toHex(),
        details.dependsOn() == null ? null : details.dependsOn().toString());
  }

  private static Recipient recipient(DeliveryData recipient) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(recipient.certificate().toArray());
      return new Recipient(
          recipient.id(), HexFormat.of().formatHex(digest), recipient.hasDocumentKey());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
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
