package io.keymux.api.chaos;

import io.keymux.api.database.Database;
import io.keymux.api.database.DatabaseException;
import io.keymux.api.database.Sql;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * A process that writes to a database as jobs do, until it is killed. Prints the highest number
 * that each writer finds at the start, or -1 if one before it is missing, then {@code WRITER
 * NUMBER} for each commit that returned.
 */
final class DatabaseWriters {
  static final int COUNT = 6;

  private static final String DATA = "x".repeat(1500);

  private DatabaseWriters() {}

  /**
   * @param args the folder of the database
   */
  public static void main(String[] args) {
    Database database = Database.embedded(Path.of(args[0]));
    execute(database, "create table if not exists t (w int, n int, state int, data varchar)");
    execute(database, "create unique index if not exists i on t (w, n)");
    execute(database, "create table if not exists e (w int, n int, at int, data varchar)");
    execute(database, "create unique index if not exists j on e (w, n, at)");
    int[] last = IntStream.range(0, COUNT).map(w -> last(database, w)).toArray();
    System.out.println(String.join(" ", IntStream.of(last).mapToObj(Integer::toString).toList()));
    for (int w = 0; w < COUNT; w++) {
      int writer = w;
      new Thread(() -> write(database, writer, last[writer] + 1)).start();
    }
  }

  private static int last(Database database, int writer) {
    return database.with(
        connection ->
            Sql.of("select count(*), coalesce(max(n), 0) from t where w = ?", writer)
                .first(connection, row -> row.getInt(1) == row.getInt(2) ? row.getInt(1) : -1)
                .orElseThrow());
  }

  private static void write(Database database, int writer, int first) {
    for (int n = first; ; n++) {
      execute(database, "insert into t (w, n, state, data) values (?, ?, 0, ?)", writer, n, DATA);
      System.out.println(writer + " " + n);
      for (int state = 1; state <= 4; state++) {
        int next = state;
        int number = n;
        database.transaction(
            connection -> {
              Sql.of("update t set state = ? where w = ? and n = ?", next, writer, number)
                  .update(connection);
              return Sql.of("insert into e values (?, ?, ?, ?)", writer, number, next, DATA)
                  .update(connection);
            });
      }
      execute(database, "delete from e where w = ? and n = ?", writer, n);
    }
  }

  /**
   * @throws DatabaseException if the database does not answer
   */
  private static void execute(Database database, String statement, Object... values) {
    database.transaction(connection -> Sql.of(statement, values).update(connection));
  }
}
