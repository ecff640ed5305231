package dev.carillon.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    private static final Executor THREADS = wish -> Thread.ofVirtual().start(wish);

    private final ConcurrentLinkedQueue<List<Integer>> groups = new ConcurrentLinkedQueue<>();
    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final GroupCommit<Integer, String> commit = new GroupCommit<>("test", 1, 4, this::write);

    /** The first group waits, so that the others gather behind it. 13 cannot be written; at 14 the database is away. */
    private List<String> write(List<Integer> wishes) {
        groups.add(wishes);
        inside.countDown();
        await().until(() -> goOn.getCount() == 0 || groups.size() > 1);
        if (wishes.contains(13)) {
            throw new IllegalArgumentException("13");
        }
        if (wishes.contains(14)) {
            throw new IllegalStateException(new SQLException("gone", "08006"));
        }
        return wishes.stream().map(wish -> "done " + wish).toList();
    }

    @AfterEach
    void close() {
        commit.close();
    }

    @Test
    void aLoneWishWaitsForNobody() {
        goOn.countDown();

        assertThat(commit.get(1)).isEqualTo("done 1");
        assertThat(groups).containsExactly(List.of(1));
    }

    @Test
    void whatComesInMeanwhileIsTheNextGroup() throws InterruptedException {
        var answers = behindTheFirst(2, 3, 4, 5, 6);

        assertThat(answers)
                .extracting(CompletableFuture::join)
                .containsExactly("done 2", "done 3", "done 4", "done 5", "done 6");
        assertThat(groups).hasSize(3).extracting(List::size).containsExactly(1, 4, 1);
    }

    @Test
    void aWishThatCannotBeWrittenFailsAlone() throws InterruptedException {
        var answers = behindTheFirst(2, 13, 3);

        assertThat(answers.get(0).join()).isEqualTo("done 2");
        assertThat(answers.get(2).join()).isEqualTo("done 3");
        assertThatThrownBy(answers.get(1)::join).hasCauseInstanceOf(IllegalArgumentException.class);
    }

    // Retried one by one, each of them would only wait for the same server.
    @Test
    void aGroupFailsAsOneWhenTheDatabaseIsAway() throws InterruptedException {
        var answers = behindTheFirst(2, 14, 3);

        assertThat(answers)
                .allSatisfy(answer -> assertThatThrownBy(answer::join).hasCauseInstanceOf(IllegalStateException.class));
        assertThat(groups).hasSize(2);
    }

    @Test
    void aWishAfterTheEndIsRefused() {
        goOn.countDown();
        commit.close();

        assertThatThrownBy(() -> commit.get(1)).isInstanceOf(IllegalStateException.class);
    }

    /** Values that gather in this order while the first group is being written. */
    private List<CompletableFuture<String>> behindTheFirst(Integer... wishes) throws InterruptedException {
        var first = CompletableFuture.supplyAsync(() -> commit.get(1), THREADS);
        inside.await();
        var answers = IntStream.range(0, wishes.length)
                .mapToObj(n -> {
                    var answer = CompletableFuture.supplyAsync(() -> commit.get(wishes[n]), THREADS);
                    await().until(() -> commit.waiting() == n + 1);
                    return answer;
                })
                .toList();
        goOn.countDown();
        assertThat(first.join()).isEqualTo("done 1");
        return answers;
    }
}
