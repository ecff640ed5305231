package dev.carillon.core.webhook;

import static dev.carillon.core.testing.NewPostBuilder.aPost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.account.AccountService;
import dev.carillon.core.account.NewAccount;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.platform.Credentials;
import dev.carillon.core.platform.LinksAccounts.Identity;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.post.BatchService;
import dev.carillon.core.post.BatchService.Item;
import dev.carillon.core.post.NewPost;
import dev.carillon.core.testing.NewPostBuilder;
import dev.carillon.core.testing.TestCarillon;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BatchCallbacksTest {
    private static final int ROUNDS = 20;
    private static final int ADDRESSES = 8;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static TestCarillon carillon;
    private static BatchService batches;
    private static WebhookRows rows;

    @BeforeAll
    static void start() {
        carillon = TestCarillon.start(Map.of("carillon.testing.played-platform", "true"));
        batches = carillon.bean(BatchService.class);
        rows = new WebhookRows(carillon);
    }

    @AfterAll
    static void stop() {
        carillon.close();
    }

    // Without a fixed order of locks, these batches would deadlock on their callbacks, and one caller would get an
    // error.
    @Test
    void batchesThatNameTheSameNewAddressesInOppositeOrderAreAllAccepted() throws Exception {
        var actor = actor(carillon.newWorkspace(), Mode.TEST);
        var account = account(actor);
        for (int round = 0; round < ROUNDS; round++) {
            var addresses = addresses();

            atOnce(
                    () -> batches.all(actor, drafts(account, addresses)),
                    () -> batches.all(actor, drafts(account, addresses.reversed())),
                    () -> batches.each(actor, drafts(account, addresses)),
                    () -> batches.each(actor, drafts(account, addresses.reversed())));

            assertThat(addresses).allSatisfy(address -> assertThat(rows.callbackOf(actor, address))
                    .isNotNull());
        }
        assertThat(rows.count("SELECT count(*) AS n FROM post WHERE workspace_id = ?", actor.workspace()))
                .isEqualTo(4L * ROUNDS * ADDRESSES);
    }

    @Test
    void batchesThatMakeTheFirstSecretsOfBothModesInOppositeOrderAreBothAccepted() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var workspace = carillon.newWorkspace();
            var live = actor(workspace, Mode.LIVE);
            var account = account(live);
            batches.all(live, List.of(() -> draft(account).sandbox(true).build()));

            atOnce(
                    () -> batches.all(live, inBothModes(account)),
                    () -> batches.all(live, inBothModes(account).reversed()));

            assertThat(rows.count("SELECT count(*) AS n FROM callback_secret WHERE workspace_id = ?", workspace))
                    .isEqualTo(2);
        }
    }

    @Test
    void aPostThatIsRefusedLeavesNoCallbackBehind() {
        var actor = actor(carillon.newWorkspace(), Mode.TEST);
        var account = account(actor);
        var addresses = addresses();
        var unknown = carillon.bean(Ids.class).next(AccountId.KIND);
        List<Supplier<NewPost>> drafts = List.of(
                () -> draft(unknown).webhookUrl(addresses.get(0)).build(),
                () -> draft(account).webhookUrl(addresses.get(1)).build(),
                () -> {
                    throw ErrorCode.INVALID_PARAMETER.at("/text", "unreadable");
                });

        assertThat(batches.each(actor, drafts))
                .extracting(item -> item instanceof Item.Accepted)
                .containsExactly(false, true, false);
        assertThatThrownBy(() -> batches.all(actor, drafts.reversed()))
                .isInstanceOfSatisfying(ApiException.class, exception -> assertThat(exception.param())
                        .isEqualTo("/posts/0/text"));
        assertThatThrownBy(() -> batches.all(actor, drafts))
                .as("reports the first failure, although the last post cannot be read")
                .isInstanceOfSatisfying(ApiException.class, exception -> assertThat(exception.param())
                        .startsWith("/posts/0/targets"));

        assertThat(rows.callbackOf(actor, addresses.get(0))).isNull();
        assertThat(rows.callbackOf(actor, addresses.get(1))).isNotNull();
    }

    @SafeVarargs
    private static void atOnce(Callable<? extends List<?>>... batches) throws Exception {
        var start = new CyclicBarrier(batches.length);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<? extends List<?>>>();
            for (var batch : batches) {
                running.add(threads.submit(() -> {
                    start.await();
                    return batch.call();
                }));
            }
            for (var each : running) {
                assertThat(each.get()).isNotEmpty().noneMatch(Item.Refused.class::isInstance);
            }
        }
    }

    private static List<String> addresses() {
        int round = NUMBER.incrementAndGet();
        return IntStream.range(0, ADDRESSES)
                .mapToObj(n -> "https://caller.example/done?round=%d&job=%d".formatted(round, n))
                .toList();
    }

    private static List<Supplier<NewPost>> drafts(AccountId account, List<String> addresses) {
        return addresses.stream()
                .<Supplier<NewPost>>map(
                        address -> () -> draft(account).webhookUrl(address).build())
                .toList();
    }

    /** The addresses differ, so that the two posts compete only for the secrets. */
    private static List<Supplier<NewPost>> inBothModes(AccountId account) {
        var addresses = addresses();
        return List.of(
                () -> draft(account).webhookUrl(addresses.get(0)).build(),
                () -> draft(account).sandbox(true).webhookUrl(addresses.get(1)).build());
    }

    private static NewPostBuilder draft(AccountId account) {
        return aPost("number " + NUMBER.incrementAndGet()).on(account).draft();
    }

    private static Actor actor(WorkspaceId workspace, Mode mode) {
        return carillon.actor(carillon.newKey(workspace, mode));
    }

    private static AccountId account(Actor actor) {
        var platform = actor.mode() == Mode.TEST ? Platform.SANDBOX : Platform.MASTODON;
        var name = "name" + NUMBER.incrementAndGet();
        var identity = new Identity(name, name, null, null, "an app");
        return carillon.bean(AccountService.class)
                .connect(actor, new NewAccount(platform, identity, Credentials.NONE, Map.of()))
                .id();
    }
}
