package io.keymux.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.api.database.Database;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of messages when something goes wrong that is not the receiver's fault. */
class DispatcherTest {
  @TempDir Path folder;
  private Database database;
  private WebhookRows rows;
  private Dispatcher dispatcher;

  @BeforeEach
  void open() {
    database = Database.embedded(folder);
    rows = new WebhookRows(database);
    dispatcher = rows.dispatcher();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{} | internal",
        "nonsense | invalid-request",
        "{\"url\":\"https://example.com:70000/\",\"secret\":\"AAAA\"} | invalid-key-server-url",
      })
  void send_receiverThatCannotBeUsed_countsATry(String receiver, String problem) throws Exception {
    rows.webhook("a", receiver);
    long id = Long.parseLong(rows.message("a", 0).id());

    for (Parcel parcel : dispatcher.take(1)) {
      dispatcher.send(parcel);
    }

    List<Delivery.Try> tries = rows.deliveries.find("a", id).orElseThrow().tries();
    assertThat(tries).extracting(Delivery.Try::problem).containsExactly(problem);
  }
}
