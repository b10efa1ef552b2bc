package io.keymux.api.logging;

import ch.qos.logback.classic.pattern.ThrowableHandlingConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import io.keymux.cpix.DrmException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Writes what was thrown without its message, unless it is our own: others quote what they were
 * given, which may be a URL with a ticket, or a key. Where it was thrown tells enough.
 */
public final class FaultConverter extends ThrowableHandlingConverter {
  private static final int MOST_FRAMES = 60;
  private static final int MOST_CAUSES = 10;

  @Override
  public String convert(ILoggingEvent event) {
    StringBuilder text = new StringBuilder();
    IThrowableProxy thrown = event.getThrowableProxy();
    for (int depth = 0; thrown != null && depth < MOST_CAUSES; depth++) {
      text.append(depth == 0 ? "" : "Caused by: ").append(thrown.getClassName());
      text.append(shown(thrown)).append('\n');
      StackTraceElementProxy[] frames = thrown.getStackTraceElementProxyArray();
      int own = frames.length - thrown.getCommonFrames();
      for (int i = 0; i < Math.min(own, MOST_FRAMES); i++) {
        text.append('\t').append(frames[i].getSTEAsString()).append('\n');
      }
      if (own > MOST_FRAMES) {
        text.append("\t... ").append(own - MOST_FRAMES).append(" more\n");
      }
      thrown = thrown.getCause();
    }
    return text.toString();
  }

  private static String shown(IThrowableProxy proxy) {
    @Nullable Throwable thrown = proxy instanceof ThrowableProxy full ? full.getThrowable() : null;
    if (thrown instanceof DrmException ours) {
      return ": " + ours.code() + ": " + ours.problem().replaceAll("\\p{Cntrl}+", " ");
    }
    return thrown instanceof SQLException sql ? ": SQL state " + sql.getSQLState() : "";
  }
}
