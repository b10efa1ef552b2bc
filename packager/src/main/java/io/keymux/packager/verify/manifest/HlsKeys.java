package io.keymux.packager.verify.manifest;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.box.PsshBox;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The EXT-X-KEY lines of one media playlist. URIs are never shown: they may be key servers'.
 *
 * @see "RFC 8216, 4.3.2.4 EXT-X-KEY"
 */
final class HlsKeys {
  private final PresentationFolder folder;
  private final Set<String> methods = new LinkedHashSet<>();
  private final Map<String, Set<KeyId>> keyIds = new LinkedHashMap<>();
  private final Map<String, String> places = new LinkedHashMap<>();
  private final List<Bytes> ivs = new ArrayList<>();
  private final Map<String, Set<KeyId>> inForce = new LinkedHashMap<>();
  private String lastPlace = "";
  private @Nullable FileKey file;
  private String fileFormat = "";

  HlsKeys(PresentationFolder folder) {
    this.folder = folder;
  }

  void add(String line, String place) {
    HlsAttributes attributes = HlsAttributes.of(line);
    String method = attributes.text("METHOD");
    lastPlace = place;
    if (method.equals("NONE")) {
      inForce.clear();
      file = null;
      return;
    }
    String format = attributes.text("KEYFORMAT").toLowerCase(Locale.ROOT);
    Bytes iv = iv(attributes);
    if (method.equals("AES-128")) {
      inForce.remove(format);
      file = new FileKey(place, attributes.text("URI"), iv);
      fileFormat = format;
      return;
    }
    if (format.equals(fileFormat)) {
      file = null;
    }
    methods.add(method);
    if (iv != null) {
      ivs.add(iv);
    }
    inForce.put(format, Set.of());
    try {
      String keyId = attributes.text("KEYID");
      if (!keyId.isEmpty()) {
        claim(
            "KEYID " + format,
            format,
            place,
            Set.of(KeyId.parse(keyId.replaceFirst("^0[xX]", ""))));
      }
      byte[] data = data(attributes.text("URI"));
      if (data != null) {
        data(format, data, place);
      }
    } catch (DrmException e) {
      folder.problem("hls-key-malformed", place, e.problem());
    } catch (IllegalArgumentException e) {
      folder.problem("hls-key-malformed", place, "the data of its URI is not base64");
    }
  }

  private static @Nullable Bytes iv(HlsAttributes attributes) {
    String iv = attributes.text("IV").toLowerCase(Locale.ROOT);
    return iv.matches("0x[0-9a-f]{32}") ? Bytes.ofHex(iv.substring(2)) : null;
  }

  private void data(String format, byte[] data, String place) {
    if (format.equals("urn:uuid:" + DrmSystem.WIDEVINE.systemId())) {
      claim(format, format, place, PsshKeyIds.of(PsshBox.parse(data)));
    } else if (format.equals("com.microsoft.playready")) {
      claim(format, format, place, PsshKeyIds.ofPlayReady(data));
    }
  }

  private static byte @Nullable [] data(String uri) {
    int comma = uri.indexOf(',');
    if (!uri.startsWith("data:") || comma < 0 || !uri.substring(0, comma).endsWith(";base64")) {
      return null;
    }
    return Base64.getDecoder().decode(uri.substring(comma + 1).strip());
  }

  /** A playlist whose keys change names several KIDs in one format. */
  private void claim(String what, String format, String place, Set<KeyId> named) {
    if (!named.isEmpty()) {
      inForce.put(format, named);
      keyIds.computeIfAbsent(what, f -> new LinkedHashSet<>()).addAll(named);
      places.putIfAbsent(what, place);
    }
  }

  /** What encrypts an init segment that stands here as a file, or null. */
  @Nullable FileKey fileKey() {
    return file;
  }

  /**
   * What encrypts a segment that stands here as a file, or null.
   *
   * @param sequence media sequence number
   * @see "RFC 8216, 5.2 IV for AES-128"
   */
  @Nullable FileKey fileKey(long sequence) {
    return file == null || file.iv() != null
        ? file
        : new FileKey(
            file.place(),
            file.uri(),
            Bytes.copyOf(ByteBuffer.allocate(16).putLong(Long.BYTES, sequence).array()));
  }

  /** Of samples: AES-128 is none. */
  Set<String> methods() {
    return methods;
  }

  /** What holds for the samples of a segment that stands here. */
  DescribedSegment.Keys now() {
    Set<KeyId> named = new LinkedHashSet<>();
    inForce.values().forEach(named::addAll);
    return new DescribedSegment.Keys(lastPlace, !inForce.isEmpty(), named);
  }

  DescribedProtection protection() {
    List<KeyClaim> claims = new ArrayList<>();
    keyIds.forEach(
        (format, ids) ->
            claims.add(new KeyClaim("hls-kid-mismatch", places.getOrDefault(format, format), ids)));
    return new DescribedProtection(methods, claims, List.of(), ivs);
  }
}
