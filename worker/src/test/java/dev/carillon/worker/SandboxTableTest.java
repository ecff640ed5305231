package dev.carillon.worker;

import static dev.carillon.core.kernel.ErrorCode.CONTENT_INVALID;
import static dev.carillon.core.kernel.ErrorCode.INTERNAL_ERROR;
import static dev.carillon.core.kernel.ErrorCode.PARENT_NOT_PUBLISHED;
import static dev.carillon.core.kernel.ErrorCode.REPORTED_NOT_PUBLISHED;
import static dev.carillon.core.kernel.ErrorCode.TOO_LATE;
import static dev.carillon.core.testing.NewPostBuilder.aPost;
import static dev.carillon.worker.Workshop.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.connectors.sandbox.SandboxFaults;
import dev.carillon.connectors.sandbox.SandboxPosts;
import dev.carillon.core.account.Account;
import dev.carillon.core.account.AccountService;
import dev.carillon.core.account.NewAccount;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.platform.Credentials;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.LinksAccounts.Identity;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.post.PostService;
import dev.carillon.core.publication.Publication;
import dev.carillon.core.publication.attempt.Attempt;
import dev.carillon.worker.SandboxTable.Row;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks each row of the table in {@code docs/sandbox.md} with a real worker, sandbox platform and PostgreSQL. */
@Timeout(60)
class SandboxTableTest {
    /** Error codes of publications that no platform answer causes, with the reason. */
    private static final Map<ErrorCode, String> WITHOUT_TRIGGER = Map.of(
            REPORTED_NOT_PUBLISHED, "is what somebody said who looked at the account",
            PARENT_NOT_PUBLISHED, "is what follows in a thread where a part has one of the others",
            TOO_LATE, "is decided by our own clock, before the platform hears of it",
            CONTENT_INVALID, "is refused by our own rules, before the platform hears of it",
            INTERNAL_ERROR, "is a fault of ours");

    private static RunningSandbox sandbox;
    private static Workshop work;

    private final AtomicInteger number = new AtomicInteger();

    @BeforeAll
    static void start() {
        sandbox = new RunningSandbox();
        work = sandbox.workshop(settings());
    }

    private static Map<String, Object> settings() {
        return Map.ofEntries(
                Map.entry("carillon.testing.played-platform", "none"),
                Map.entry("carillon.publishing.call-deadline", "2s"),
                Map.entry("carillon.dispatch.lease", "4s"),
                Map.entry("carillon.publishing.look-ups", "100ms,200ms,500ms,1s,2s"),
                Map.entry("carillon.publishing.checks", "100ms,1s"),
                Map.entry("carillon.publishing.retries.network", "100ms,100ms"),
                Map.entry("carillon.publishing.retries.media", "100ms,100ms"),
                // So many failures in one workspace would otherwise open the circuit breaker.
                Map.entry("carillon.publishing.breaker.failures", "1000"));
    }

    @AfterAll
    static void stop() {
        work.close();
        sandbox.close();
    }

    static List<Row> rows() {
        return SandboxTable.rows();
    }

    @Test
    void everyCodeThatCanEndUpOnAPublicationHasARowOrAReasonToHaveNone() {
        // The codes of publications start at AUTH_EXPIRED, at the end of the catalogue.
        var ofPublications = Arrays.stream(ErrorCode.values())
                .dropWhile(code -> code != ErrorCode.AUTH_EXPIRED)
                .filter(code -> !WITHOUT_TRIGGER.containsKey(code))
                .map(ErrorCode::wireName)
                .collect(Collectors.toSet());

        assertThat(rows().stream().filter(Row::hasCode).map(Row::code).collect(Collectors.toSet()))
                .isEqualTo(ofPublications);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void whatTheTableSaysIsWhatIsSeen(Row row) {
        var account = account(row);
        if (row.trigger().way().equals("request")) {
            request(account, row.trigger().what());
        }

        var id = publish(
                account, row.trigger().way().equals("text") ? row.trigger().what() : "plain");

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(work.get(id).status().wireName()).isEqualTo(row.status());
            assertThat(work.events(id)).matches(types -> row.eventsAre(List.copyOf(types)), row.events());
        });
        assertThat(outcomes(id)).matches(found -> row.attemptsAre(List.copyOf(found)), row.attempts());
        assertThat(accepted(account)).isEqualTo(row.accepted());
        assertCode(id, row);
    }

    // Without this, you could not repeat a random run that failed.
    @Test
    void theSameSeedStrikesTheSameCallsInTheSameOrder() {
        var struck = struckCalls("seeded", 11);

        assertThat(struckCalls("seeded alike", 11)).isEqualTo(struck);
        assertThat(struckCalls("seeded otherwise", 12)).isNotEqualTo(struck);
    }

    private static void assertCode(PublicationId id, Row row) {
        if (!row.hasCode()) {
            assertThat(work.attempts(id)).extracting(Attempt::code).containsOnlyNulls();
            return;
        }
        assertThat(messagesOf(id, row)).anyMatch(message -> message.contains(row.message()));
        if (!row.status().equals("published")) {
            assertThat(work.get(id).failure())
                    .isNotNull()
                    .extracting(failure -> failure.code().wireName())
                    .isEqualTo(row.code());
        }
    }

    private List<Integer> struckCalls(String username, int seed) {
        var account = account(Platform.SANDBOX, username);
        work.bean(SandboxFaults.class)
                .add(
                        work.actor().workspace(),
                        new SandboxFaults.Wanted("content_rejected", account.id(), 100, 0.5, seed, null));
        return Stream.iterate(1, call -> call + 1)
                .limit(16)
                .filter(call -> ended(publish(account, "call " + call)).equals("failed"))
                .toList();
    }

    private static String ended(PublicationId id) {
        var ends = Set.of("failed", "published");
        await().atMost(SOON).until(() -> ends.contains(work.get(id).status().wireName()));
        return work.get(id).status().wireName();
    }

    private Account account(Row row) {
        var username = row.trigger().way().equals("account")
                ? row.trigger().what()
                : "row " + number.incrementAndGet() + " " + row;
        return account(Platform.named(row.platform()).orElseThrow(), username);
    }

    private static Account account(Platform platform, String username) {
        var identity = new Identity(username, username, null, null, "sandbox");
        return work.bean(AccountService.class)
                .connect(work.actor(), new NewAccount(platform, identity, Credentials.NONE, Map.of()));
    }

    private static void request(Account account, String kind) {
        work.bean(SandboxFaults.class)
                .add(work.actor().workspace(), new SandboxFaults.Wanted(kind, account.id(), null, null, null, null));
    }

    private static PublicationId publish(Account account, String text) {
        return work.bean(PostService.class)
                .accept(work.actor(), aPost(text).on(account).build())
                .post()
                .publications()
                .getFirst()
                .id();
    }

    private static List<String> outcomes(PublicationId id) {
        return work.attempts(id).stream()
                .map(attempt -> String.valueOf(attempt.outcome()))
                .toList();
    }

    /** The messages of the attempts and the publication that have the row's code. */
    private static Set<String> messagesOf(PublicationId id, Row row) {
        var messages = new HashSet<String>();
        for (Attempt attempt : work.attempts(id)) {
            if (row.code().equals(attempt.code())) {
                messages.add(String.valueOf(attempt.message()));
            }
        }
        Optional.of(work.get(id))
                .map(Publication::failure)
                .filter(failure -> failure.code().wireName().equals(row.code()))
                .map(Failure::message)
                .ifPresent(messages::add);
        return messages;
    }

    private static long accepted(Account account) {
        return work.bean(SandboxPosts.class)
                .list(account.id(), Optional.empty(), 1)
                .total();
    }
}
