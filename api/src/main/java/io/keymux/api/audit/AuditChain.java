package io.keymux.api.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.SecretBytes;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Binds lines to those before: each ends with an HMAC-SHA256 over the MAC of the line before and
 * its own bytes. Whoever has no key can neither change a line nor make one.
 */
final class AuditChain {
  /** Before the first line. */
  static final String START = "0".repeat(64);

  private static final String HMAC = "HmacSHA256";
  private static final Pattern LINE =
      Pattern.compile("(\\{\"seq\":([0-9]{1,18}),.*),\"mac\":\"([0-9a-f]{64})\"}", Pattern.DOTALL);

  private final SecretBytes key;

  /**
   * @param key at least 16 bytes
   */
  AuditChain(SecretBytes key) {
    this.key = key;
  }

  /**
   * A line as it was read.
   *
   * @param body all that the MAC is over
   */
  record Line(long seq, String body, String mac) {

    /** Null if it is no line of an audit log. */
    static @Nullable Line read(String text) {
      Matcher form = LINE.matcher(text);
      return form.matches()
          ? new Line(Long.parseLong(form.group(2)), form.group(1), form.group(3))
          : null;
    }

    String text() {
      return body + ",\"mac\":\"" + mac + "\"}";
    }
  }

  /**
   * The next line.
   *
   * @param before MAC of the line before
   * @param fields of the line, in JSON, from after {@code seq} on
   */
  Line next(long seq, String before, String fields) {
    String body = "{\"seq\":" + seq + "," + fields;
    return new Line(seq, body, mac(before, body));
  }

  /** Whether the line follows one of this MAC. */
  boolean follows(String before, Line line) {
    return MessageDigest.isEqual(mac(before, line.body).getBytes(UTF_8), line.mac.getBytes(UTF_8));
  }

  private String mac(String before, String body) {
    byte[] raw = key.reveal();
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(raw, HMAC));
      mac.update(HexFormat.of().parseHex(before));
      return HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    } finally {
      Arrays.fill(raw, (byte) 0);
    }
  }
}
