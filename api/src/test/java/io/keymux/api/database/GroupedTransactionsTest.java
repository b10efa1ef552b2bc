package io.keymux.api.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GroupedTransactionsTest {
  private static final int THREADS = 8;

  private final JdbcDataSource h2 = new JdbcDataSource();
  private final AtomicInteger commits = new AtomicInteger();
  private final GroupedTransactions transactions = new GroupedTransactions(counting());
  private final ExecutorService pool = Executors.newFixedThreadPool(THREADS);
  private volatile boolean broken;
  private Connection keeping;

  @BeforeEach
  void createTable() throws SQLException {
    h2.setURL("jdbc:h2:mem:grouped");
    keeping = h2.getConnection();
    Sql.of("create table t (n int primary key)").update(keeping);
  }

  @AfterEach
  void close() throws SQLException {
    pool.shutdownNow();
    keeping.close();
  }

  @Test
  void transaction_manyAtOnce_allAreKeptByFewerCommits() throws Exception {
    int each = 200;
    List<Future<Integer>> ends = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      int first = thread * each;
      ends.add(
          pool.submit(
              () -> {
                for (int n = first; n < first + each; n++) {
                  assertThat(insert(n)).isOne();
                }
                return each;
              }));
    }
    for (Future<Integer> end : ends) {
      assertThat(end.get()).isEqualTo(each);
    }

    assertThat(kept()).hasSize(THREADS * each);
    assertThat(commits.get()).isLessThan(THREADS * each);
  }

  @Test
  void transaction_oneOfAGroupFails_isUndoneAlone() throws Exception {
    List<Future<Integer>> ends = inOneGroup(3, n -> n == 1);

    assertThat(ends.get(0).get()).isOne();
    assertThatThrownBy(() -> ends.get(1).get()).hasRootCauseMessage("of its own");
    assertThat(ends.get(2).get()).isOne();
    assertThat(kept()).containsExactlyInAnyOrder(-1, 0, 2);
    assertThat(commits).hasValue(1);
  }

  @Test
  void transaction_commitFails_isEverybodysFailure() throws Exception {
    broken = true;
    List<Future<Integer>> ends = inOneGroup(3, n -> n == 1);

    for (Future<Integer> end : ends) {
      assertThatThrownBy(end::get).hasRootCauseMessage("disk full");
    }
    assertThat(kept()).isEmpty();
    broken = false;
    assertThat(insert(7)).isOne();
    assertThat(kept()).containsExactly(7);
  }

  @Test
  void with_secondStatementFails_firstStands() throws Exception {
    insert(1);

    assertThatThrownBy(
            () ->
                transactions.with(
                    connection -> {
                      Sql.of("insert into t values (2)").update(connection);
                      return Sql.of("insert into t values (1)").update(connection);
                    }))
        .isInstanceOfSatisfying(SQLException.class, e -> assertThat(Sql.isDuplicate(e)).isTrue());

    assertThat(kept()).containsExactlyInAnyOrder(1, 2);
  }

  @Test
  void transaction_inATransaction_isRefused() throws Exception {
    assertThatThrownBy(() -> transactions.transaction(connection -> insert(1)))
        .isInstanceOf(IllegalStateException.class);

    assertThat(insert(2)).isOne();
    assertThat(kept()).containsExactly(2);
  }

  private interface Choice {
    boolean fails(int n);
  }

  /** Inserts -1, and while that goes on has others come that insert 0, 1, 2 and so on. */
  private List<Future<Integer>> inOneGroup(int count, Choice choice) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch joined = new CountDownLatch(1);
    Future<Integer> leader =
        pool.submit(
            () ->
                transactions.transaction(
                    connection -> {
                      begun.countDown();
                      await(joined);
                      return Sql.of("insert into t values (-1)").update(connection);
                    }));
    await(begun);
    List<Future<Integer>> ends = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int n = i;
      ends.add(
          pool.submit(
              () ->
                  transactions.transaction(
                      connection -> {
                        int rows = Sql.of("insert into t values (?)", n).update(connection);
                        if (choice.fails(n)) {
                          throw new IllegalStateException("of its own");
                        }
                        return rows;
                      })));
    }
    while (transactions.waiting() < count) {
      Thread.sleep(1);
    }
    joined.countDown();
    if (!broken) {
      assertThat(leader.get()).isOne();
    }
    return ends;
  }

  private int insert(int n) throws SQLException {
    return transactions.transaction(
        connection -> Sql.of("insert into t values (?)", n).update(connection));
  }

  private List<Integer> kept() throws SQLException {
    return Sql.of("select n from t").list(keeping, row -> row.getInt(1));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Counts commits, and breaks them if told to. */
  private DataSource counting() {
    return proxy(
        DataSource.class,
        name -> {},
        () -> {
          Connection connection = h2.getConnection();
          return proxy(Connection.class, this::look, () -> connection);
        });
  }

  private void look(String method) throws SQLException {
    if (method.equals("commit")) {
      commits.incrementAndGet();
      if (broken) {
        throw new SQLException("disk full");
      }
    }
  }

  private interface Look {
    void at(String method) throws SQLException;
  }

  private interface Target {
    Object get() throws SQLException;
  }

  private static <T> T proxy(Class<T> type, Look look, Target target) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              look.at(method.getName());
              Object real = target.get();
              try {
                return type.isInstance(real) ? method.invoke(real, arguments) : real;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
