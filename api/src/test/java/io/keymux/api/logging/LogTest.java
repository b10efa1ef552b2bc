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
import com.fasterxml.jackson.databind.JsonNode;
import io.keymux.api.json.Json;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
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

  @Test
  void json_hasTheIdsOfRequestAndJob() {
    JsonNode line =
        json("job \r\n \u001b[31m failed", null, Map.of("request", "r1", "job", "j1", "x", "y"));
    assertThat(line.path("message").asText()).isEqualTo("job \r\n \u001b[31m failed");
    assertThat(line.path("level").asText()).isEqualTo("ERROR");
    assertThat(line.path("logger").asText()).isEqualTo("io.keymux.any.Place");
    assertThat(line.path("request").asText()).isEqualTo("r1");
    assertThat(line.path("job").asText()).isEqualTo("j1");
    assertThat(line.has("x")).isFalse();
    assertThat(line.has("fault")).isFalse();
    assertThat(Instant.parse(line.path("time").asText())).isNotNull();
  }

  @Test
  void json_row9AndRow37_isOneLineWithoutMessagesOfOthers() {
    JsonNode line = json("failed\n", new IllegalStateException(CANARY), Map.of());
    assertThat(line.toString()).contains("IllegalStateException").doesNotContain(CANARY);
  }

  private JsonNode json(String message, @Nullable Throwable thrown, Map<String, String> ids) {
    LogEncoder encoder = new LogEncoder();
    encoder.setContext(context);
    encoder.setPattern("%msg");
    encoder.setFormat("json");
    encoder.start();
    LoggingEvent event =
        new LoggingEvent(
            LogTest.class.getName(),
            context.getLogger("io.keymux.any.Place"),
            Level.ERROR,
            message,
            thrown,
            null);
    event.setMDCPropertyMap(ids);
    String text = new String(encoder.encode(event), UTF_8);
    assertThat(text).endsWith("}\n");
    assertThat(text.substring(0, text.length() - 1)).matches("\\P{Cntrl}+");
    return Json.read(text.getBytes(UTF_8), JsonNode.class);
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
