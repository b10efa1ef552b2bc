package io.keymux.api.database;

import io.keymux.api.database.Database.Work;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One after the other over one connection, and those that wait for their turn meanwhile are
 * committed together: a commit costs more than what is committed. Each ends when the commit has
 * returned that it is part of, so what was answered is kept, and what one saw of another is kept
 * with it.
 *
 * <p>Work must not wait for a thread that does work here: it may wait for the same commit.
 */
final class GroupedTransactions implements Transactions {
  /** Those that wait for a connection of their own get their turn. */
  private static final int MAX_GROUP = 64;

  private final DataSource pool;

  /** Without a limit of time: who is counted as waiting takes its turn, and commits if need be. */
  private final ReentrantLock turn = new ReentrantLock(true);

  private @Nullable CommitGroup open;

  GroupedTransactions(DataSource pool) {
    this.pool = pool;
  }

  @Override
  public <T> T with(Work<T> work) throws SQLException {
    CommitGroup group = enter();
    try {
      return group.run(work);
    } finally {
      leave(group);
    }
  }

  @Override
  public <T> T transaction(Work<T> work) throws SQLException {
    CommitGroup group = enter();
    try {
      return group.runWhole(work);
    } finally {
      leave(group);
    }
  }

  private CommitGroup enter() throws SQLException {
    if (turn.isHeldByCurrentThread()) {
      throw new IllegalStateException("a transaction in a transaction");
    }
    turn.lock();
    try {
      CommitGroup group = open == null ? CommitGroup.begin(pool) : open;
      open = group;
      return group;
    } catch (SQLException | RuntimeException e) {
      turn.unlock();
      throw e;
    }
  }

  /** How many wait for their turn, roughly. */
  int waiting() {
    return turn.getQueueLength();
  }

  /** Whoever failed waits, too: what it found may not be kept. */
  private void leave(CommitGroup group) throws SQLException {
    try {
      if (!turn.hasQueuedThreads() || group.size() == MAX_GROUP) {
        open = null;
        group.commit();
      }
    } finally {
      turn.unlock();
    }
    group.await();
  }
}
