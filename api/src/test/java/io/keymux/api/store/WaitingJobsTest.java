package io.keymux.api.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.api.database.Database;
import io.keymux.api.database.Sql;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counting in steps counts each job once, and stops where it is told to. */
class WaitingJobsTest {
  @TempDir Path folder;
  private Database database;

  @BeforeEach
  void open() {
    database = Database.embedded(folder);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 10000, 0",
    "1, 10000, 1",
    "999, 10000, 999",
    "1000, 10000, 1000",
    "1001, 10000, 1001",
    "2500, 10000, 2500",
    "2500, 2500, 2500",
    "2500, 2000, 2000",
    "2500, 1700, 1700",
    "2500, 3, 3",
  })
  void count_ofATenant(int waiting, int atMost, int counted) {
    insert("here", "queued", 0, waiting);
    insert("here", "running", waiting, 30);
    insert("there", "queued", waiting + 30, 1200);

    assertThat(new WaitingJobs(database).count("here", atMost)).isEqualTo(counted);
  }

  @Test
  void count_ofAnUnknownTenant_isNone() {
    insert("here", "queued", 0, 5);

    assertThat(new WaitingJobs(database).count("nowhere", 100)).isZero();
  }

  private void insert(String tenant, String state, int from, int count) {
    database.with(
        connection ->
            Sql.of(
                    """
                    insert into jobs (id, tenant, priority, state, attempt, tries, created_at,
                        later, released, cancel_requested, percent, stage, bytes, total_bytes,
                        last_event)
                      select lpad(to_char(x), 28, '0'), ?, 0, ?, 0, 0, current_timestamp,
                        false, false, false, 0, 'queued', 0, 0, 0
                      from system_range(?, ?)
                    """,
                    tenant,
                    state,
                    from + 1,
                    from + count)
                .update(connection));
  }
}
