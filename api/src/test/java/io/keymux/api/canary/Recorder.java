package io.keymux.api.canary;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.slf4j.LoggerFactory;

/**
 * All that the process logs and prints, with every logger open but those of the HTTP server, which
 * the service's own logback.xml keeps at WARN: below, it logs requests as they come in.
 */
final class Recorder implements AutoCloseable {
  /** Stands in both logs and among what was printed: else nothing was looked at. */
  static final String PROOF = "This is written down.";

  private static final String HTTP_SERVER = "org.eclipse.jetty";

  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final LoggerContext logback = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final Map<String, Level> levels = new HashMap<>();
  private final OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
  private final Logger jdk = Logger.getLogger("");
  private final java.util.logging.Level jdkLevel = jdk.getLevel();
  private final Handler handler = new JdkHandler();

  Recorder() {
    PrintStream capture = new PrintStream(printed, true, UTF_8);
    System.setOut(capture);
    System.setErr(capture);
    for (ch.qos.logback.classic.Logger logger : logback.getLoggerList()) {
      if (logger.getLevel() != null && !logger.getName().equals(HTTP_SERVER)) {
        levels.put(logger.getName(), logger.getLevel());
        logger.setLevel(Level.TRACE);
      }
    }
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(logback);
    encoder.setPattern("%level %logger %thread %msg %kvp %mdc%n%ex{full}");
    encoder.start();
    appender.setContext(logback);
    appender.setEncoder(encoder);
    appender.setOutputStream(logged);
    appender.start();
    root().addAppender(appender);
    jdk.setLevel(java.util.logging.Level.ALL);
    jdk.addHandler(handler);
    LoggerFactory.getLogger(Recorder.class).trace(PROOF);
    Logger.getLogger(Recorder.class.getName()).finest(PROOF);
    capture.println(PROOF);
  }

  private ch.qos.logback.classic.Logger root() {
    return logback.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  /** What was logged since the last time. */
  String takeLogged() {
    return take(logged);
  }

  /** What was printed since the last time. */
  String takePrinted() {
    return take(printed);
  }

  private static String take(ByteArrayOutputStream bytes) {
    synchronized (bytes) {
      String text = bytes.toString(UTF_8);
      bytes.reset();
      return text;
    }
  }

  @Override
  public void close() {
    jdk.removeHandler(handler);
    jdk.setLevel(jdkLevel);
    root().detachAppender(appender);
    levels.forEach((name, level) -> logback.getLogger(name).setLevel(level));
    System.setOut(out);
    System.setErr(err);
  }

  private final class JdkHandler extends Handler {
    private final SimpleFormatter formatter = new SimpleFormatter();

    JdkHandler() {
      setLevel(java.util.logging.Level.ALL);
    }

    @Override
    public void publish(LogRecord record) {
      String line = formatter.format(record) + Arrays.toString(record.getParameters()) + "\n";
      logged.writeBytes(line.getBytes(UTF_8));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
