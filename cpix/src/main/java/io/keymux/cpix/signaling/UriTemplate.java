package io.keymux.cpix.signaling;

import io.keymux.cpix.ContentKey;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URI with places for {@code {contentId}} (percent-encoded), {@code {kid}} (dashed, lower case)
 * and {@code {iv}} (32 hex digits, for keys that carry one).
 *
 * @param setting the name of the setting, for error messages
 */
record UriTemplate(String setting, String template) {
  private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)}");
  private static final String UNRESERVED = "-._~";

  /**
   * @throws SignalingException with code {@code invalid-uri-template} for an unknown place, a lone
   *     brace, or {@code {iv}} where the key has none
   */
  String expand(String contentId, ContentKey key) {
    Matcher places = PLACE.matcher(template);
    StringBuilder uri = new StringBuilder();
    int from = 0;
    while (places.find()) {
      appendLiteral(uri, template.substring(from, places.start()));
      uri.append(value(places.group(1), contentId, key));
      from = places.end();
    }
    appendLiteral(uri, template.substring(from));
    return uri.toString();
  }

  private String value(String place, String contentId, ContentKey key) {
    return switch (place) {
      case "contentId" -> percentEncode(contentId);
      case "kid" -> key.id().toString();
      case "iv" -> {
        if (key.explicitIv() == null) {
          throw SignalingException.invalidTemplate(
              setting, "has {iv}, but KID " + key.id() + " has no explicit IV");
        }
        yield key.explicitIv().toHex();
      }
      default -> throw SignalingException.invalidTemplate(setting, "has {" + place + "}");
    };
  }

  private void appendLiteral(StringBuilder uri, String literal) {
    if (literal.indexOf('{') >= 0 || literal.indexOf('}') >= 0) {
      throw SignalingException.invalidTemplate(setting, "has a brace without its partner");
    }
    uri.append(literal);
  }

  /**
   * @see "RFC 3986, 2.1 Percent-Encoding"
   */
  private static String percentEncode(String text) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if ((c >= 'A' && c <= 'Z')
          || (c >= 'a' && c <= 'z')
          || (c >= '0' && c <= '9')
          || UNRESERVED.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append("%%%02X".formatted((int) c));
      }
    }
    return encoded.toString();
  }
}
