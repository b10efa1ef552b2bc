package io.keymux.api.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.keymux.api.secret.SecretText;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** The service's database, with its schema in place. Safe for use by several threads. */
public final class Database implements AutoCloseable {
  private static final long CONNECT_MILLIS = 5_000;

  private final HikariDataSource pool;
  private final boolean embedded;
  private final Transactions transactions;

  private Database(HikariDataSource pool, boolean embedded) {
    this.pool = pool;
    this.embedded = embedded;
    this.transactions = embedded ? new GroupedTransactions(pool) : new PooledTransactions(pool);
  }

  /** Something that is done with a connection. */
  @FunctionalInterface
  public interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  /**
   * Opens the database of a single node, a file; makes it if it is not there.
   *
   * <p>Every commit is written to the file before it returns, so that what was answered outlives
   * the process. Transactions follow each other ({@link GroupedTransactions}): when H2 up to 2.4
   * finds two that were committed but not tidied up before its process was killed, it tidies them
   * up in any order, and indexes may then differ from their tables.
   *
   * @param folder that the file {@code jobs.mv.db} lies in
   * @throws DrmException with code {@code database-in-use} if another process has it open, or
   *     {@code database-unusable} if it cannot be opened or its schema is another
   */
  public static Database embedded(Path folder) {
    HikariConfig config = new HikariConfig();
    // With a plain file channel, a thread that is interrupted while it writes closes the database.
    config.setJdbcUrl(
        "jdbc:h2:async:%s;MODE=PostgreSQL;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;OPTIMIZE_REUSE_RESULTS=0"
            .formatted(folder.toAbsolutePath().resolve("jobs").toString().replace(";", "\\;")));
    config.setMaximumPoolSize(1);
    // The database closes with its last connection; that would be every half hour.
    config.setMaxLifetime(0);
    config.setExceptionOverride(new ClosedEmbedded());
    return open(config, true);
  }

  /**
   * Opens a database that nodes share.
   *
   * @throws DrmException with code {@code database-unusable} if it cannot be reached or its schema
   *     is another
   */
  public static Database open(DatabaseSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(settings.url());
    if (settings.user() != null) {
      config.setUsername(settings.user());
    }
    if (settings.password() != null) {
      config.setPassword(SecretText.utf8(settings.password()));
    }
    config.setMaximumPoolSize(settings.connections());
    // What was answered must outlive a crash of the server, whatever the database's default is.
    config.setConnectionInitSql("set synchronous_commit = on");
    return open(config, false);
  }

  private static Database open(HikariConfig config, boolean embedded) {
    config.setPoolName("keymux-database");
    config.setConnectionTimeout(CONNECT_MILLIS);
    config.setInitializationFailTimeout(CONNECT_MILLIS);
    HikariDataSource pool = null;
    try {
      pool = new HikariDataSource(config);
      FluentConfiguration schema =
          Flyway.configure(Database.class.getClassLoader())
              .locations("classpath:io/keymux/api/database");
      // It takes several connections at once, more than the pool of a file has.
      (embedded ? schema.dataSource(config.getJdbcUrl(), null, null) : schema.dataSource(pool))
          .load()
          .migrate();
      return new Database(pool, embedded);
    } catch (FlywayException | com.zaxxer.hikari.pool.HikariPool.PoolInitializationException e) {
      if (pool != null) {
        pool.close();
      }
      throw unusable(e, embedded);
    }
  }

  private static DrmException unusable(RuntimeException e, boolean embedded) {
    Throwable cause = e;
    while (cause != null && !(cause instanceof SQLException)) {
      cause = cause.getCause();
    }
    String state = cause instanceof SQLException sql ? sql.getSQLState() : "unknown";
    if (embedded && "90020".equals(state)) {
      return new DrmException(
          Blame.OUTPUT,
          "database-in-use",
          "Another process has the job database of the data directory open.",
          "Stop it, name another folder with --data, or let nodes share a PostgreSQL database.",
          e);
    }
    return new DrmException(
        Blame.OUTPUT,
        "database-unusable",
        "The job database cannot be opened (SQL state %s).".formatted(state),
        "Check that it can be reached, its user and its password, and that no newer version of"
            + " Keymux has changed its schema.",
        e);
  }

  /** For libraries that open their own connections. */
  public DataSource dataSource() {
    return pool;
  }

  /** Whether no other process can use it at the same time. */
  public boolean isEmbedded() {
    return embedded;
  }

  /**
   * Does something whose statements stand for themselves.
   *
   * @throws DatabaseException if the database does not do it
   */
  public <T> T with(Work<T> work) {
    try {
      return transactions.with(work);
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  /**
   * Does all of something or nothing.
   *
   * @throws DatabaseException if the database does not do it, or may not have; after a lost
   *     connection it may have
   */
  public <T> T transaction(Work<T> work) {
    try {
      return transactions.transaction(work);
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
