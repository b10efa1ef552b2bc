package io.keymux.api.http;

import io.javalin.http.Context;
import io.keymux.api.logging.LogEncoder;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.slf4j.MDC;

/** Gives each request an id: the client's own if it is harmless in a log, else a random one. */
final class RequestIds {
  static final String HEADER = "X-Request-Id";

  private static final String ATTRIBUTE = "keymux.request-id";
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final SecureRandom RANDOM = new SecureRandom();

  private RequestIds() {}

  static void assign(Context ctx) {
    String asked = ctx.header(HEADER);
    String id = asked != null && HARMLESS.matcher(asked).matches() ? asked : fresh();
    ctx.attribute(ATTRIBUTE, id);
    ctx.header(HEADER, id);
    MDC.put(LogEncoder.REQUEST, id);
  }

  /** The thread is about to work for others. */
  static void forget() {
    MDC.remove(LogEncoder.REQUEST);
  }

  static String of(Context ctx) {
    String id = ctx.attribute(ATTRIBUTE);
    if (id == null) {
      assign(ctx);
      id = ctx.attribute(ATTRIBUTE);
    }
    return String.valueOf(id);
  }

  private static String fresh() {
    byte[] id = new byte[12];
    RANDOM.nextBytes(id);
    return HexFormat.of().formatHex(id);
  }
}
