package io.keymux.api.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows 9, 13 and 37 of the threat table: what lines of the log are made of. */
class LogTest {
  private static final String CANARY = "c0ffee00c0ffee00c0ffee00c0ffee00";

  private final LoggerContext context = new LoggerContext();

  @BeforeEach
  void configure() throws Exception {
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    try (InputStream in =
        Objects.requireNonNull(LogTest.class.getClassLoader().getResourceAsStream("logback.xml"))) {
      configurator.doConfigure(in);
    }
  }

  @Test
  void row9_thrownByOthers_hasPlaceAndNoMessage() {
    Exception thrown =
        new IllegalStateException("key " + CANARY, new IOException("GET /?ticket=" + CANARY));
    thrown.addSuppressed(new IOException(CANARY));
    String line = line("job 7 failed", thrown);
    assertThat(line)
        .startsWith("2")
        .contains(" job 7 failed\n")
        .contains("java.lang.IllegalStateException\n\tat io.keymux.api.logging.LogTest.row9")
        .contains("Caused by: java.io.IOException\n")
        .doesNotContain(CANARY);
  }

  @Test
  void row13_thrownByUsOrADatabase_saysItsCode() {
    String ours =
        line(
            "failed",
            new DrmException(Blame.OUTPUT, "storage-full", "No room\non it.", "Make some."));
    assertThat(ours).contains("DrmException: storage-full: No room on it.\n");
    String database = line("failed", new SQLException("row (" + CANARY + ")", "57P01"));
    assertThat(database).contains("SQLException: SQL state 57P01\n").doesNotContain(CANARY);
  }

  @Test
  void row37_controlCharacters_makeNoLinesAndNoColours() {
    String line = line("title \r\n2026-01-01 ERROR forged \u001b[31mred\u0000\u009b", null);
    assertThat(line.lines()).hasSize(1);
    assertThat(line.strip()).matches("\\P{Cntrl}+");
  }

  @Test
  void deepStacks_areCut() {
    StackOverflowError thrown = new StackOverflowError();
    StackTraceElement[] frames = new StackTraceElement[1000];
    Arrays.fill(frames, new StackTraceElement("A", "b", "A.java", 1));
    thrown.setStackTrace(frames);
    assertThat(line("failed", thrown).lines().count()).isLessThan(70);
  }

  private String line(String message, @Nullable Throwable thrown) {
    Logger logger = context.getLogger("io.keymux.any.Place");
    ILoggingEvent event =
        new LoggingEvent(LogTest.class.getName(), logger, Level.ERROR, message, thrown, null);
    OutputStreamAppender<ILoggingEvent> appender =
        (OutputStreamAppender<ILoggingEvent>)
            context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("stderr");
    return new String(appender.getEncoder().encode(event), UTF_8);
  }
}
