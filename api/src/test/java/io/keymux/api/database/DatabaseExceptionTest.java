package io.keymux.api.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.api.problem.ErrorMapping;
import io.keymux.api.problem.Problem;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseExceptionTest {
  /** Those that pass were seen: a database that ends, a pool without connections, a full disk. */
  @ParameterizedTest
  @CsvSource({
    "57P01, 503",
    "08003, 503",
    "40001, 503",
    "90028, 503",
    "HY000, 503",
    "x, 503",
    ", 503",
    "22001, 500",
    "22021, 500",
    "23505, 500",
    "42P01, 500"
  })
  void describe_sqlState_isABugOnlyIfTheQuestionIsWrong(@Nullable String state, int status) {
    DatabaseException failure = new DatabaseException(new SQLException("a row: 0011", state));

    Problem problem = ErrorMapping.describe(failure);

    assertThat(problem.status()).isEqualTo(status);
    assertThat(failure.mayPass()).isEqualTo(status == 503);
    assertThat(problem.retryable()).isEqualTo(status == 503);
    assertThat(problem.code()).isEqualTo(status == 503 ? "database-unavailable" : "internal");
    assertThat(problem.detail()).doesNotContain("0011");
  }
}
