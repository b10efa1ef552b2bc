package io.keymux.api.http;

import io.javalin.http.Context;
import java.util.regex.Pattern;

/** A request's path as it may stand in an answer or a log: without tickets. */
final class ShownPath {
  private static final Pattern TICKET = Pattern.compile("(?i)((?:TGT|ST)-)[^/]*");

  private ShownPath() {}

  static String of(Context ctx) {
    return TICKET.matcher(ctx.path()).replaceAll("$1…");
  }
}
