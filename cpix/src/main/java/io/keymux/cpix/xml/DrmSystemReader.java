package io.keymux.cpix.xml;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.SignalingDetails;
import java.util.List;
import java.util.Set;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/** Reads DRMSystem elements. Elements of vendors are passed over. */
final class DrmSystemReader {
  static final QName PLAYLIST = new QName("playlist");
  static final QName ROBUSTNESS = new QName("robustness");

  /** CPIX 2.1 said variant for the one and master for the other; 2.4 renamed the latter. */
  private static final Set<String> MEDIA = Set.of("media", "variant");

  private static final Set<String> MULTIVARIANT = Set.of("master", "multiVariant");

  private final BoundDocument document;

  DrmSystemReader(BoundDocument document) {
    this.document = document;
  }

  DrmSignaling read(JaxbDrmSystem element) {
    Place place = document.place(element);
    return new DrmSignaling(
        Lexical.systemId(element.systemId, place.attribute("systemId")),
        Lexical.keyId(element.kid, place.attribute("kid")),
        pssh(document.single(element.psshs)),
        contentProtection(document.single(element.contentProtections)),
        hls(element.hlsSignalings, MEDIA),
        hls(element.hlsSignalings, MULTIVARIANT),
        smoothHeader(document.single(element.smoothHeaders)),
        details(element));
  }

  private SignalingDetails details(JaxbDrmSystem element) {
    JaxbText contentProtection = document.single(element.contentProtections);
    SignalingDetails details =
        new SignalingDetails(
            element.name,
            contentProtection == null ? null : contentProtection.attributes.get(ROBUSTNESS),
            element.hlsAllowedCpc,
            text(document.single(element.uriExtXKeys)),
            text(document.single(element.hdsSignalings)));
    return details.equals(SignalingDetails.NONE) ? SignalingDetails.NONE : details;
  }

  private @Nullable String text(@Nullable JaxbText element) {
    return element == null ? null : Lexical.base64Text(element.text, document.place(element));
  }

  private @Nullable Bytes pssh(@Nullable JaxbText element) {
    return element == null ? null : Lexical.bytes(element.text, document.place(element));
  }

  private @Nullable String contentProtection(@Nullable JaxbText element) {
    if (element == null) {
      return null;
    }
    Place place = document.place(element);
    String fragment = Lexical.base64Text(element.text, place);
    try {
      SafeXml.parseFragment(fragment);
    } catch (InvalidXmlException e) {
      throw place.invalid(
          "cpix-invalid-fragment",
          "the decoded value is not an XML fragment (" + e.code() + ").",
          "Encode complete elements with their namespace declarations.");
    }
    return fragment;
  }

  private @Nullable String hls(List<JaxbText> elements, Set<String> playlists) {
    String line = null;
    for (JaxbText element : elements) {
      if (!playlists.contains(playlist(element, elements.size()))) {
        continue;
      }
      Place place = document.place(element);
      if (line != null) {
        throw place.invalid(
            "cpix-repeated-playlist",
            "an earlier HLSSignalingData is for the same playlist.",
            "Give one for the media playlist and one for the multivariant playlist.");
      }
      line = withoutLineEnd(Lexical.base64Text(element.text, place));
      if (line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
        throw place.unsupported(
            "cpix-several-hls-lines",
            "the decoded value has several lines.",
            "Give one EXT-X-KEY or EXT-X-SESSION-KEY line.");
      }
    }
    return line;
  }

  private static String withoutLineEnd(String line) {
    int end = line.length();
    while (end > 0 && (line.charAt(end - 1) == '\n' || line.charAt(end - 1) == '\r')) {
      end--;
    }
    return line.substring(0, end);
  }

  /** Without the attribute the element is for the media playlist, and must be the only one. */
  private String playlist(JaxbText element, int count) {
    String playlist = element.attributes.getOrDefault(PLAYLIST, "");
    if (playlist.isEmpty() && count == 1) {
      return "media";
    }
    if (!MEDIA.contains(playlist) && !MULTIVARIANT.contains(playlist)) {
      throw document
          .place(element)
          .attribute("playlist")
          .invalid(
              "cpix-invalid-playlist",
              "\"" + playlist + "\" does not say which of " + count + " playlists it is for.",
              "Write media or master.");
    }
    return playlist;
  }

  private @Nullable String smoothHeader(@Nullable JaxbText element) {
    if (element == null) {
      return null;
    }
    String text = Lexical.trimmed(element.text);
    Lexical.base64(text, document.place(element));
    return text;
  }
}
