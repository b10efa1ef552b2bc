package io.keymux.api.logging;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keymux.api.json.Json;

/**
 * Writes events as lines of text by the pattern, or as lines of JSON: {@code time}, {@code level},
 * {@code logger}, {@code thread}, {@code message}, {@code request} and {@code job} where it is
 * about one, {@code fault} as {@link FaultConverter} has it.
 */
public final class LogEncoder extends PatternLayoutEncoder {
  /** Name of the request's id in the context of a thread. */
  public static final String REQUEST = "request";

  /** Name of the job's id in the context of a thread. */
  public static final String JOB = "job";

  private final FaultConverter faults = new FaultConverter();
  private boolean json;

  /**
   * @param format {@code json}; anything else is text
   */
  public void setFormat(String format) {
    json = format.equals("json");
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    return json ? (line(event) + "\n").getBytes(UTF_8) : super.encode(event);
  }

  private String line(ILoggingEvent event) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("time", event.getInstant().toString());
    line.put("level", event.getLevel().toString());
    line.put("logger", event.getLoggerName());
    line.put("thread", event.getThreadName());
    line.put("message", event.getFormattedMessage());
    for (String name : new String[] {REQUEST, JOB}) {
      String id = event.getMDCPropertyMap().get(name);
      if (id != null) {
        line.put(name, id);
      }
    }
    if (event.getThrowableProxy() != null) {
      line.put("fault", faults.convert(event));
    }
    return Json.line(line);
  }
}
