package dev.carillon.core.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.testing.TestCarillon;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Deferred statements are executed before anything can read the old values. */
class DeferredStatementsTest {
    private static final String RENAME = "UPDATE workspace SET name = ? WHERE id = ?";
    private static final String NAME = "SELECT name FROM workspace WHERE id = ?";
    private static final String TOO_LONG = "n".repeat(101);

    private static TestCarillon carillon;
    private static WorkspaceId workspace;

    @BeforeAll
    static void start() {
        carillon = TestCarillon.start();
        workspace = carillon.newWorkspace();
    }

    @AfterAll
    static void stop() {
        carillon.close();
    }

    @Test
    void itIsDoneBeforeTheNextStatementAndBeforeTheEnd() {
        inside(() -> {
            renameLater("first");
            renameLater("second");
            assertThat(name()).isEqualTo("second");
            renameLater("third");
            return true;
        });

        assertThat(inside(DeferredStatementsTest::name)).isEqualTo("third");
    }

    @Test
    void whatIsWrongWithItEndsItsTransaction() {
        inside(() -> sql().of(RENAME, "as it was", workspace).update());

        assertThatThrownBy(() -> inside(() -> {
                    renameLater("written and taken back");
                    renameLater(TOO_LONG);
                    return true;
                }))
                .isInstanceOf(DatabaseException.class);

        assertThat(inside(DeferredStatementsTest::name)).isEqualTo("as it was");
    }

    // A refused request's writes are rolled back to a savepoint, and the same transaction then stores the reply.
    @Test
    void whatAnAttemptOwesFailsWithIt() {
        var after = inside(() -> {
            renameLater("before");
            assertThatThrownBy(() -> attempt(() -> {
                        renameLater(TOO_LONG);
                        return true;
                    }))
                    .isInstanceOf(DatabaseException.class);
            return name();
        });

        assertThat(after).isEqualTo("before");
        assertThat(inside(DeferredStatementsTest::name)).isEqualTo("before");
    }

    @Test
    void whatAnAttemptLeavesDeferredFailsTheWholeTransaction() {
        inside(() -> sql().of(RENAME, "as it was", workspace).update());

        assertThatThrownBy(() -> inside(() -> {
                    renameLater("before");
                    return carillon.bean(Transactions.class).attemptDeferring(() -> {
                        renameLater(TOO_LONG);
                        return true;
                    });
                }))
                .isInstanceOf(DatabaseException.class);

        assertThat(inside(DeferredStatementsTest::name)).isEqualTo("as it was");
    }

    @Test
    void whatAnAttemptLeavesDeferredIsWrittenWithWhatFollows() {
        inside(() -> {
            carillon.bean(Transactions.class).attemptDeferring(() -> {
                renameLater("deferred");
                return true;
            });
            return carillon.bean(Transactions.class).attemptDeferring(() -> {
                assertThat(name()).isEqualTo("deferred");
                renameLater("deferred again");
                return true;
            });
        });

        assertThat(inside(DeferredStatementsTest::name)).isEqualTo("deferred again");
    }

    @Test
    void anAttemptThatDidNothingOrOnlyDeferredTakesBackNothingElse() {
        inside(() -> {
            renameLater("outside");
            assertThatThrownBy(() -> attempt(() -> {
                        renameLater("inside");
                        throw new IllegalStateException("changed my mind");
                    }))
                    .hasMessage("changed my mind");
            return true;
        });

        assertThat(inside(DeferredStatementsTest::name)).isEqualTo("outside");
    }

    @Test
    void attemptsWithinAndAfterAttemptsAreTakenBackEachForItself() {
        inside(() -> {
            attempt(() -> {
                renameLater("outer");
                assertThatThrownBy(() -> attempt(() -> {
                            sql().of(RENAME, "inner", workspace).update();
                            throw new IllegalStateException("inner");
                        }))
                        .hasMessage("inner");
                return attempt(() -> sql().of(RENAME, "kept", workspace).update());
            });
            assertThatThrownBy(() -> attempt(() -> {
                        attempt(() -> sql().of(RENAME, "well inside", workspace).update());
                        throw new IllegalStateException("outer");
                    }))
                    .hasMessage("outer");
            return true;
        });

        assertThat(inside(DeferredStatementsTest::name)).isEqualTo("kept");
    }

    @Test
    void twoResultsComeFromOneRoundTrip() {
        inside(() -> sql().of(RENAME, "read twice", workspace).update());

        var both = inside(() -> sql().of(NAME, workspace)
                .listWith(
                        row -> row.text("name"),
                        sql().of("SELECT nth FROM generate_series(1, ?) AS nth", 3),
                        row -> row.integer("nth")));

        assertThat(both.first()).containsExactly("read twice");
        assertThat(both.second()).isEqualTo(List.of(1, 2, 3));
    }

    private static void renameLater(String name) {
        sql().of(RENAME, name, workspace).later();
    }

    private static String name() {
        return sql().of(NAME, workspace).one(row -> row.text("name"));
    }

    private static <T> T inside(Supplier<T> work) {
        return carillon.bean(Transactions.class).inWorkspace(workspace, work);
    }

    private static <T> T attempt(Supplier<T> work) {
        return carillon.bean(Transactions.class).attempt(work);
    }

    private static Sql sql() {
        return carillon.bean(Sql.class);
    }
}
