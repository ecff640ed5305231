package dev.carillon.core.post;

import static dev.carillon.core.testing.NewPostBuilder.aPost;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.account.AccountService;
import dev.carillon.core.account.NewAccount;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.platform.Credentials;
import dev.carillon.core.platform.LinksAccounts.Identity;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.testing.TestCarillon;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Batches with the same texts in opposite order: each locks a text that the other one needs next. */
class ConcurrentBatchesTest {
    private static final int ROUNDS = 3;
    private static final int TEXTS = 20;

    private static TestCarillon carillon;
    private static Actor actor;
    private static AccountId account;

    @BeforeAll
    static void start() {
        carillon = TestCarillon.start(Map.of("carillon.testing.played-platform", "true"));
        actor = carillon.test();
        account = carillon.bean(AccountService.class)
                .connect(
                        actor,
                        new NewAccount(
                                Platform.SANDBOX,
                                new Identity("met", "met", null, null, "an app"),
                                Credentials.NONE,
                                Map.of()))
                .id();
    }

    @AfterAll
    static void stop() {
        carillon.close();
    }

    @Test
    void bothAreAccepted() throws Exception {
        var batches = carillon.bean(BatchService.class);
        for (int round = 0; round < ROUNDS; round++) {
            var texts = texts(round);
            var start = new CyclicBarrier(2);
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var there = threads.submit(at(start, () -> batches.all(actor, drafts(texts))));
                var back = threads.submit(at(start, () -> batches.all(actor, drafts(texts.reversed()))));

                assertThat(there.get()).hasSize(TEXTS);
                assertThat(back.get()).hasSize(TEXTS);
            }
        }
    }

    private static <T> Callable<T> at(CyclicBarrier start, Callable<T> work) {
        return () -> {
            start.await();
            return work.call();
        };
    }

    private static List<String> texts(int round) {
        return IntStream.range(0, TEXTS)
                .mapToObj(n -> "round %d, text %d".formatted(round, n))
                .toList();
    }

    private static List<Supplier<NewPost>> drafts(List<String> texts) {
        return texts.stream().<Supplier<NewPost>>map(text -> () -> draft(text)).toList();
    }

    private static NewPost draft(String text) {
        return aPost(text).on(account).allowDuplicate().build();
    }
}
