package io.keymux.testvectors.judge;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decrypts the files of a media playlist under AES-128: init segments by the key line in front of
 * EXT-X-MAP, segments by the one in front of them or their number.
 *
 * @see "RFC 8216, 4.3.2.4 EXT-X-KEY, 4.3.2.5 EXT-X-MAP, and 5.2 IV for AES-128"
 */
public final class PlaylistDecryptor {
  private static final Pattern ATTRIBUTE =
      Pattern.compile("([A-Z0-9-]+)=(\"[^\"]*\"|[^,]*)(?:,|$)");
  private static final Pattern IV = Pattern.compile("0[xX]([0-9a-fA-F]{32})");

  private final Path folder;
  private final UnaryOperator<String> keys;
  private final ByteArrayOutputStream media = new ByteArrayOutputStream();
  private final List<Use> inits = new ArrayList<>();
  private final List<Use> segments = new ArrayList<>();
  private String method = "NONE";
  private String uri = "";
  private @Nullable String iv;
  private long number;

  private PlaylistDecryptor(Path folder, UnaryOperator<String> keys) {
    this.folder = folder;
    this.keys = keys;
  }

  /**
   * A key and an IV that a file was encrypted with.
   *
   * @param key its URI
   * @param iv 32 hex digits, in lower case
   */
  public record Use(String key, String iv) {}

  /**
   * A playlist, decrypted.
   *
   * @param inits what init segments were encrypted with; empty if all are clear
   * @param segments what segments were encrypted with; those that are clear are left out
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  public record Judged(byte[] media, List<Use> inits, List<Use> segments) {
    public Judged {
      inits = List.copyOf(inits);
      segments = List.copyOf(segments);
    }
  }

  /**
   * Decrypts all files that a playlist names, one behind the other.
   *
   * @param keys gives the key of a key line's URI, 32 hex digits
   * @throws UnreadableMediaException if a file does not end with its padding, an init segment under
   *     a key has no IV, or a METHOD is another
   * @throws IOException if a file cannot be read
   */
  public static Judged decrypt(Path playlist, UnaryOperator<String> keys) throws IOException {
    PlaylistDecryptor decryptor = new PlaylistDecryptor(playlist.resolveSibling(""), keys);
    for (String line : Files.readAllLines(playlist, StandardCharsets.UTF_8)) {
      decryptor.line(line);
    }
    return new Judged(decryptor.media.toByteArray(), decryptor.inits, decryptor.segments);
  }

  private void line(String line) throws IOException {
    if (line.startsWith("#EXT-X-MEDIA-SEQUENCE:")) {
      number = Long.parseLong(line.substring(line.indexOf(':') + 1));
    } else if (line.startsWith("#EXT-X-KEY:")) {
      method = attribute(line, "METHOD");
      uri = attribute(line, "URI");
      Matcher explicit = IV.matcher(attribute(line, "IV"));
      iv = explicit.matches() ? explicit.group(1).toLowerCase(Locale.ROOT) : null;
    } else if (line.startsWith("#EXT-X-MAP:")) {
      file(attribute(line, "URI"), iv, inits);
    } else if (!line.isEmpty() && !line.startsWith("#")) {
      file(line, iv == null ? String.format(Locale.ROOT, "%032x", number) : iv, segments);
      number++;
    }
  }

  private void file(String name, @Nullable String with, List<Use> uses) throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(name));
    if (method.equals("NONE")) {
      media.write(bytes);
      return;
    }
    if (!method.equals("AES-128")) {
      throw UnreadableMediaException.unsupported(0, name + " is under METHOD " + method);
    }
    if (with == null) {
      throw UnreadableMediaException.malformed(0, name + " has a key line without an IV");
    }
    if (bytes.length == 0 || bytes.length % BlockCipher.SIZE != 0) {
      throw UnreadableMediaException.malformed(bytes.length, name + " is not of whole blocks");
    }
    HexFormat hex = HexFormat.of();
    new BlockCipher(hex.parseHex(keys.apply(uri)))
        .chain(hex.parseHex(with))
        .apply(bytes, 0, bytes.length);
    int padding = bytes[bytes.length - 1];
    boolean padded = padding >= 1 && padding <= BlockCipher.SIZE;
    for (int i = 1; padded && i <= padding; i++) {
      padded = bytes[bytes.length - i] == padding;
    }
    if (!padded) {
      throw UnreadableMediaException.malformed(bytes.length, name + " ends without PKCS#7 padding");
    }
    media.write(bytes, 0, bytes.length - padding);
    uses.add(new Use(uri, with));
  }

  private static String attribute(String line, String name) {
    Matcher matcher = ATTRIBUTE.matcher(line);
    matcher.region(line.indexOf(':') + 1, line.length());
    while (matcher.lookingAt()) {
      if (matcher.group(1).equals(name)) {
        return matcher.group(2).replace("\"", "");
      }
      matcher.region(matcher.end(), line.length());
    }
    return "";
  }
}
