package dev.carillon.connectors.sandbox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.connectors.Requests;
import dev.carillon.connectors.rules.PostFingerprint;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.platform.Checkpoint;
import dev.carillon.core.platform.ConnectedAccount;
import dev.carillon.core.platform.DeletesPosts.Deletion;
import dev.carillon.core.platform.LookUp;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.PlatformPost;
import dev.carillon.core.platform.PublishOutcome.Published;
import dev.carillon.core.platform.RecoveryCapability;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the connector answers about a post with an unknown outcome, for each kind of network, with the sandbox platform. */
class SandboxReconciliationTest {
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private static RunningSandbox sandbox;
    private static SandboxConnector connector;

    private final AtomicReference<Checkpoint> kept = new AtomicReference<>(Checkpoint.NONE);
    private ConnectedAccount account;

    @BeforeAll
    static void start() {
        sandbox = RunningSandbox.start();
        connector = sandbox.connector();
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @BeforeEach
    void connect() {
        account = on(Platform.X);
    }

    private static ConnectedAccount on(Platform platform) {
        return Requests.account(platform, Mode.TEST, "alice", null);
    }

    /** The platforms that accept a post with only a text. */
    static Stream<Platform> takingWords() {
        return Arrays.stream(Platform.values())
                .filter(platform -> connector.check(platform, "hello", Map.of()).isEmpty());
    }

    static Stream<Platform> withoutOwnIdempotency() {
        return takingWords()
                .filter(platform -> connector.recoveryCapability(platform) != RecoveryCapability.OWN_IDEMPOTENCY);
    }

    static Stream<Platform> askedByText() {
        return takingWords()
                .filter(platform -> connector.recoveryCapability(platform) == RecoveryCapability.HEURISTIC_LOOK_UP);
    }

    static Stream<Platform> beyondAsking() {
        return takingWords()
                .filter(platform -> connector.recoveryCapability(platform) == RecoveryCapability.NOT_ANSWERABLE);
    }

    @Test
    void everyRecoveryCapabilityIsSimulatedBySomePlatform() {
        assertThat(takingWords().map(connector::recoveryCapability)).contains(RecoveryCapability.values());
        assertThat(connector.recoveryCapability(Platform.SANDBOX)).isEqualTo(RecoveryCapability.OWN_IDEMPOTENCY);
    }

    // A simulated network that merged repetitions would hide double publications from every test of the worker.
    @ParameterizedTest
    @MethodSource("withoutOwnIdempotency")
    void aNetworkWithoutOwnIdempotencyTakesARepetitionForASecondPost(Platform platform) {
        var request = Requests.on(on(platform));

        assertThat(published(request)).isNotEqualTo(published(request));
    }

    @ParameterizedTest
    @EnumSource(Platform.class)
    void beforeACheckpointNothingWasSent(Platform platform) {
        assertThat(find(on(platform), Checkpoint.NONE)).isEqualTo(new LookUp.NeverSent());
    }

    @ParameterizedTest
    @MethodSource("takingWords")
    void whatIsKeptBeforeSendingIsNeverNothing(Platform platform) {
        published(Requests.on(on(platform)).keeping(kept::set));

        assertThat(kept.get()).isNotEqualTo(Checkpoint.NONE);
    }

    @ParameterizedTest
    @MethodSource("askedByText")
    void aPostIsRecognisedByItsText(Platform platform) {
        account = on(platform);
        published(Requests.on(account).saying("something else"));
        var post = published(Requests.on(account).saying("Grüße  an\n alle ").keeping(kept::set));

        assertThat(find(account, kept.get())).isEqualTo(new LookUp.Found(post));
        assertThat(kept.get().values().toString()).doesNotContain("alle");
    }

    @Test
    void whiteSpaceAndTheWayLettersAreComposedMakeNoOtherText() {
        var post = published(Requests.on(account).saying("Gru\u0308\u00dfe an alle"));

        assertThat(find(account, sentNow("  Gr\u00fc\u00dfe \n an alle"))).isEqualTo(new LookUp.Found(post));
        assertThat(find(account, sentNow("Gr\u00fc\u00dfe an Alle"))).isEqualTo(new LookUp.Absent());
    }

    // The connector cannot tell which of the two is ours. Taking either could lose one of the posts.
    @Test
    void ofTwoPostsThatLookAlikeNeitherIsTaken() {
        published(Requests.on(account).keeping(kept::set));
        published(Requests.on(account));

        assertThat(find(account, kept.get())).isInstanceOfSatisfying(LookUp.NotAnswered.class, undecided -> assertThat(
                        undecided.failure().message())
                .contains("2 posts"));
    }

    @Test
    void aPostThatWasDeletedOrIsOfAnotherTimeOrAccountIsAnotherOne() {
        var post = published(Requests.on(account).keeping(kept::set));
        var now = Clock.systemUTC().instant();

        assertThat(find(on(Platform.X), kept.get())).isEqualTo(new LookUp.Absent());
        for (var otherTime : List.of(now.plus(Duration.ofMinutes(2)), now.minus(Duration.ofMinutes(11)))) {
            var sent = PostFingerprint.of("All bells ring at noon.", null, otherTime)
                    .checkpoint();
            assertThat(find(account, sent)).isEqualTo(new LookUp.Absent());
        }
        assertThat(connector.delete(account, requireNonNull(post.id()), post.refs(), Deadline.in(DEADLINE)))
                .isEqualTo(new Deletion.Deleted());
        assertThat(find(account, kept.get())).isEqualTo(new LookUp.Absent());
    }

    @Test
    void aPostBehindAHundredOthersIsStillFound() {
        var post = published(Requests.on(account).saying("the one").keeping(kept::set));
        for (int i = 0; i < 120; i++) {
            published(Requests.on(account).saying("number " + i));
        }

        assertThat(find(account, kept.get())).isEqualTo(new LookUp.Found(post));
    }

    @ParameterizedTest
    @MethodSource("beyondAsking")
    void aNetworkThatCannotBeAskedAnswersNothing(Platform platform) {
        account = on(platform);
        published(Requests.on(account).keeping(kept::set));

        assertThat(find(account, kept.get())).isEqualTo(new LookUp.NotAnswerable());
    }

    @Test
    void aCheckpointWithoutATextIsNoAnswer() {
        assertThat(find(account, new Checkpoint(Map.of("client_key", "pub_1")))).isEqualTo(new LookUp.NotAnswerable());
    }

    private static Checkpoint sentNow(String text) {
        return PostFingerprint.of(text, null, Clock.systemUTC().instant()).checkpoint();
    }

    private static PlatformPost published(Requests request) {
        return ((Published) connector.publish(request.build())).post();
    }

    private static LookUp find(ConnectedAccount account, Checkpoint checkpoint) {
        return connector.find(account, checkpoint, Deadline.in(DEADLINE));
    }
}
