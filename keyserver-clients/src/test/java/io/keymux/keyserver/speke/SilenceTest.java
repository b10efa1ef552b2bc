package io.keymux.keyserver.speke;

import static io.keymux.cpix.DrmSystem.FAIRPLAY;
import static io.keymux.cpix.DrmSystem.WIDEVINE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.tomakehurst.wiremock.http.Fault;
import io.keymux.cpix.KeyRequest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;
import org.junit.jupiter.api.Test;

/**
 * With every logger wide open but one, exchanges print neither keys nor the URL. The one is the
 * debug logger of the JDK's HTTP client, which prints whole URLs: the client's Javadoc says so.
 */
class SilenceTest {

  @Test
  void exchange_anyOutcome_logsNoSecret() throws Exception {
    KeyRequest request = Requests.of(Requests.perType(), WIDEVINE, FAIRPLAY);
    String good = SpekeAnswer.to(request);
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream capture = new PrintStream(printed, true, UTF_8);
    StreamHandler handler = new StreamHandler(capture, new SimpleFormatter());
    handler.setLevel(Level.ALL);
    Logger root = Logger.getLogger("");
    Level before = root.getLevel();
    Logger jdkClient = Logger.getLogger("jdk.internal.httpclient.debug");
    PrintStream out = System.out;
    PrintStream err = System.err;
    try (SpekeServer server = new SpekeServer()) {
      root.addHandler(handler);
      root.setLevel(Level.ALL);
      jdkClient.setLevel(Level.INFO);
      System.setOut(capture);
      System.setErr(capture);
      Logger.getLogger("proof").finest("the capture works");
      server.answersOk(good);
      server.client().exchange(request);
      server.answersOk(good.replace("version=\"2.3\"", "version=\"2.4\""));
      assertThat(catchThrowable(() -> server.client().exchange(request))).isNotNull();
      server.answers(SpekeServer.ok(good).withStatus(500));
      assertThat(catchThrowable(() -> server.client().exchange(request))).isNotNull();
      server.answers(SpekeServer.ok(good).withFault(Fault.RANDOM_DATA_THEN_CLOSE));
      assertThat(catchThrowable(() -> server.client().exchange(request))).isNotNull();
    } finally {
      System.setOut(out);
      System.setErr(err);
      root.setLevel(before);
      jdkClient.setLevel(null);
      root.removeHandler(handler);
      handler.flush();
    }

    String text = printed.toString(UTF_8);
    assertThat(text).contains("the capture works");
    assertThat(text).doesNotContain(SpekeServer.PATH_SECRET, SpekeServer.QUERY_SECRET);
    Leaks.assertNone(text, SpekeAnswer.keys(request));
  }
}
