package io.keymux.api.keyserver.speke;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** What goes back over HTTP: a document, or one line of text. */
public final class CpixReply {
  private CpixReply() {}

  /**
   * Answers 200.
   *
   * @param document with keys in it; overwritten
   */
  public static void send(Context ctx, byte[] document) throws IOException {
    try {
      ctx.disableCompression().status(200).contentType("application/xml");
      ctx.res().setContentLength(document.length);
      try (OutputStream out = ctx.res().getOutputStream()) {
        out.write(document);
      }
    } finally {
      Arrays.fill(document, (byte) 0);
    }
  }

  /** Answers 422. */
  public static void refuse(Context ctx, SpekeRefusal refusal) {
    ctx.status(422).contentType("text/plain;charset=utf-8").result(refusal.text());
  }
}
