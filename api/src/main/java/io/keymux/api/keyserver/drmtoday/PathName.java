package io.keymux.api.keyserver.drmtoday;

import io.javalin.http.Context;
import io.keymux.api.problem.RequestException;
import java.util.regex.Pattern;

/** The names of organizations and ingest configurations in paths; any will do. */
final class PathName {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private PathName() {}

  /**
   * @throws RequestException with status 400 if the parameter is no such name
   */
  static void require(Context ctx, String parameter) {
    if (!NAME.matcher(ctx.pathParam(parameter)).matches()) {
      throw RequestException.invalidParameter(parameter, "is not 1 to 64 of A-Z a-z 0-9 _ -.");
    }
  }
}
