package io.keymux.api.database;

import io.keymux.cpix.Bytes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A statement with its arguments, one for each question mark. Instants are kept to the microsecond,
 * as both databases can.
 */
public record Sql(String text, List<@Nullable Object> arguments) {
  /** SQL:2016, class 23, unique violation; H2 and PostgreSQL agree on it. */
  private static final String UNIQUE_VIOLATION = "23505";

  /** Makes a value of a row. */
  @FunctionalInterface
  public interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  public static Sql of(String text, @Nullable Object... arguments) {
    List<@Nullable Object> list = new ArrayList<>();
    for (Object argument : arguments) {
      list.add(argument);
    }
    return new Sql(text, list);
  }

  /** As many question marks as there are values: {@code ?,?,?}. */
  public static String marks(int count) {
    return "?,".repeat(count).substring(0, Math.max(0, 2 * count - 1));
  }

  /** Runs it; gives how many rows it changed. */
  public int update(Connection connection) throws SQLException {
    try (PreparedStatement statement = prepare(connection)) {
      return statement.executeUpdate();
    }
  }

  /** Runs it; gives its rows. */
  public <T> List<T> list(Connection connection, Row<T> reader) throws SQLException {
    try (PreparedStatement statement = prepare(connection);
        ResultSet rows = statement.executeQuery()) {
      List<T> found = new ArrayList<>();
      while (rows.next()) {
        found.add(reader.read(rows));
      }
      return found;
    }
  }

  /** Runs it; gives its first row. */
  public <T> Optional<T> first(Connection connection, Row<T> reader) throws SQLException {
    List<T> found = list(connection, reader);
    return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0));
  }

  /** Whether there was such a row already. */
  public static boolean isDuplicate(SQLException e) {
    return UNIQUE_VIOLATION.equals(e.getSQLState());
  }

  /** The instant in a column, or null. */
  public static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private PreparedStatement prepare(Connection connection) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(text);
    try {
      for (int i = 0; i < arguments.size(); i++) {
        bind(statement, i + 1, arguments.get(i));
      }
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  private static void bind(PreparedStatement statement, int index, @Nullable Object value)
      throws SQLException {
    if (value instanceof Instant instant) {
      statement.setObject(index, instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
    } else if (value instanceof Bytes bytes) {
      statement.setBytes(index, bytes.toArray());
    } else if (value == null) {
      statement.setNull(index, Types.NULL);
    } else {
      statement.setObject(index, value);
    }
  }
}
