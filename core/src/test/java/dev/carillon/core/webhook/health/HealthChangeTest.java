package dev.carillon.core.webhook.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WebhookDeliveryId;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.webhook.delivery.DeliveryClaim;
import dev.carillon.core.webhook.delivery.DeliveryOutcome;
import dev.carillon.core.webhook.delivery.DeliveryOutcome.Gone;
import dev.carillon.core.webhook.delivery.DeliveryOutcome.Refused;
import dev.carillon.core.webhook.delivery.DeliveryOutcome.Taken;
import dev.carillon.core.webhook.delivery.DueDelivery;
import dev.carillon.core.webhook.delivery.Receiver;
import dev.carillon.core.webhook.delivery.Tally;
import dev.carillon.core.webhook.delivery.Tally.Judged;
import dev.carillon.core.webhook.endpoint.CustomHeaders;
import dev.carillon.core.webhook.endpoint.DisabledReason;
import dev.carillon.core.webhook.endpoint.EndpointKind;
import dev.carillon.core.webhook.health.HealthChange.Before;
import dev.carillon.core.webhook.health.HealthChange.News;
import dev.carillon.core.webhook.health.HealthChange.Pause;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HealthChangeTest {
    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
    private static final WebhookEndpointId ENDPOINT = new WebhookEndpointId(UUID.randomUUID());
    private static final EndpointHealthConfig CONFIG = new EndpointHealthConfig(
            Duration.ofHours(24),
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(2)),
            10,
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            List.of(Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(3)),
            Duration.ofDays(5));
    private static final DeliveryOutcome REFUSED = new Refused(null, false);
    private static final DeliveryOutcome BUSY = new Refused(null, true);
    private static final DeliveryOutcome TAKEN = new Taken();

    @Test
    void theFirstFailureBeginsACountAndNothingElse() {
        var change = of(EndpointHealth.WELL, NOON, ordinary(REFUSED));

        assertThat(change.health()).isEqualTo(new EndpointHealth(NOON, 1, 0, false, 0, 0));
        assertThat(change.news()).isNull();
        assertThat(change.pause().changesNothing()).isTrue();
    }

    @Test
    void aSuccessWithoutAWarningEndsTheCountWithoutAWord() {
        var change = of(failing(7, 0, Duration.ofMinutes(40)), NOON, ordinary(TAKEN));

        assertThat(change.health()).isEqualTo(EndpointHealth.WELL);
        assertThat(change.news()).isNull();
    }

    @Test
    void whatFailsAfterASuccessOfTheSameMomentBeginsANewCount() {
        var change =
                of(failing(7, 1, Duration.ofHours(2)), NOON, ordinary(REFUSED), ordinary(TAKEN), ordinary(REFUSED));

        assertThat(change.health()).isEqualTo(new EndpointHealth(NOON, 1, 0, false, 0, 0));
        assertThat(change.news()).isEqualTo(News.RECOVERED);
    }

    @Test
    void somebodyIsWarnedAfterAnHourADayAndThreeDays() {
        assertThat(of(failing(5, 0, Duration.ofMinutes(59)), NOON, ordinary(REFUSED))
                        .news())
                .isNull();
        assertThat(warningsOf(0, Duration.ofMinutes(60))).isEqualTo(1);
        assertThat(of(failing(5, 1, Duration.ofHours(23)), NOON, ordinary(REFUSED))
                        .news())
                .isNull();
        assertThat(warningsOf(1, Duration.ofHours(24))).isEqualTo(2);
        assertThat(warningsOf(2, Duration.ofDays(3))).isEqualTo(3);
        assertThat(of(failing(5, 3, Duration.ofDays(4)), NOON, ordinary(REFUSED))
                        .news())
                .isNull();
    }

    @Test
    void whoeverIsFirstHeardOfAfterADayIsWarnedOnce() {
        assertThat(warningsOf(0, Duration.ofDays(2))).isEqualTo(2);
    }

    @Test
    void aFailureAfterFiveDaysDisables() {
        var change = of(failing(20, 3, Duration.ofDays(5)), NOON, ordinary(REFUSED));

        assertThat(change.disabled()).isEqualTo(DisabledReason.FAILING);
        assertThat(change.news()).isEqualTo(News.DISABLED);
        assertThat(change.failingSince()).isEqualTo(NOON.minus(Duration.ofDays(5)));
        assertThat(change.health().probing()).isFalse();
        assertThat(change.pause()).isEqualTo(new Pause(null, true));
    }

    @Test
    void aReceiverThatIsGoneIsDisabledAtOnce() {
        var change = of(EndpointHealth.WELL, NOON, ordinary(new Gone()));

        assertThat(change.disabled()).isEqualTo(DisabledReason.GONE);
        assertThat(change.news()).isEqualTo(News.DISABLED);
    }

    // Failures of test events and replays must not count against an endpoint.
    @Test
    void whatSomebodyAskedForNeitherBeginsNorLengthensFailing() {
        assertThat(of(EndpointHealth.WELL, NOON, replay(REFUSED)).health()).isEqualTo(EndpointHealth.WELL);
        assertThat(of(failing(20, 3, Duration.ofDays(6)), NOON, test(REFUSED)).disabled())
                .isNull();
        assertThat(of(failing(20, 3, Duration.ofDays(6)), NOON, replay(REFUSED))
                        .health()
                        .failures())
                .isEqualTo(20);
        assertThat(of(EndpointHealth.WELL, NOON, replay(new Gone())).disabled()).isEqualTo(DisabledReason.GONE);
        assertThat(of(failing(5, 1, Duration.ofHours(2)), NOON, test(TAKEN)).news())
                .isEqualTo(News.RECOVERED);
    }

    @Test
    void aPostsOwnAddressIsNeitherWarnedOfNorGivenUpButForGone() {
        var before = new Before(ENDPOINT, EndpointKind.POST_CALLBACK, failing(20, 0, Duration.ofDays(6)), false);

        var failed = before.after(tally(ordinary(REFUSED)), NOON, CONFIG);
        var gone = before.after(tally(ordinary(new Gone())), NOON, CONFIG);

        assertThat(failed.news()).isNull();
        assertThat(failed.disabled()).isNull();
        assertThat(gone.disabled()).isEqualTo(DisabledReason.GONE);
        assertThat(gone.news()).isNull();
    }

    @Test
    void fromTheTenthFailureOnOneDeliveryAtATimeIsSent() {
        var tenth = of(failing(9, 0, Duration.ofMinutes(1)), NOON, ordinary(REFUSED));

        assertThat(tenth.health().probing()).isTrue();
        assertThat(tenth.pause()).isEqualTo(new Pause(NOON.plusSeconds(5), false));
    }

    @Test
    void probesBecomeRarerUpToABound() {
        assertThat(probed(0)).isEqualTo(new Pause(NOON.plusSeconds(10), true));
        assertThat(probed(1)).isEqualTo(new Pause(NOON.plusSeconds(20), true));
        assertThat(probed(40)).isEqualTo(new Pause(NOON.plus(Duration.ofMinutes(5)), true));
    }

    // A hundred attempts may be in flight when an endpoint breaks down. Their failures carry no new information.
    @Test
    void lateFailuresOfAttemptsThatWereNoProbesDoNotMakeProbesRarer() {
        var probing = new EndpointHealth(NOON.minusSeconds(60), 30, 0, true, 2, 0);

        var change = of(probing, NOON, ordinary(REFUSED), ordinary(REFUSED));

        assertThat(change.health()).isEqualTo(new EndpointHealth(NOON.minusSeconds(60), 32, 0, true, 2, 0));
        assertThat(change.pause().changesNothing()).isTrue();
    }

    @Test
    void theFirstSuccessEndsProbingAndTheWait() {
        var change = of(new EndpointHealth(NOON.minusSeconds(60), 30, 0, true, 2, 0), NOON, probe(TAKEN));

        assertThat(change.health()).isEqualTo(EndpointHealth.WELL);
        assertThat(change.pause()).isEqualTo(new Pause(null, true));
    }

    // One bad server behind a load balancer must not slow down what the others accept.
    @Test
    void oneAnswerOfTooMuchToDoHoldsUpNothingElse() {
        var change = of(EndpointHealth.WELL, NOON, ordinary(BUSY));

        assertThat(change.health()).isEqualTo(new EndpointHealth(NOON, 1, 0, false, 0, 1));
        assertThat(change.pause().changesNothing()).isTrue();
    }

    @Test
    void aReceiverThatIsBusyAgainIsLeftAloneForLongerEachTime() {
        assertThat(busy(1, ordinary(BUSY)).pause()).isEqualTo(new Pause(NOON.plusSeconds(1), false));
        assertThat(busy(2, ordinary(BUSY)).pause()).isEqualTo(new Pause(NOON.plusSeconds(2), false));
        assertThat(busy(3, ordinary(BUSY)).pause())
                .as("the longest pause applies to all further answers")
                .isEqualTo(new Pause(NOON.plusSeconds(2), false));
        assertThat(busy(2, ordinary(BUSY)).health().busy()).isEqualTo(3);
    }

    @Test
    void whatArrivesInBetweenBeginsTheRowAnew() {
        assertThat(busy(3, ordinary(TAKEN)).health()).isEqualTo(EndpointHealth.WELL);
        assertThat(busy(3, ordinary(TAKEN), ordinary(BUSY)).pause().changesNothing())
                .isTrue();
        assertThat(of(EndpointHealth.WELL, NOON, ordinary(BUSY), ordinary(BUSY), ordinary(TAKEN))
                        .pause()
                        .changesNothing())
                .isTrue();
    }

    @Test
    void manyAnswersAtOneMomentLeadToTheFirstPauseAndNotToTheLongest() {
        var change = of(EndpointHealth.WELL, NOON, ordinary(BUSY), ordinary(BUSY), ordinary(BUSY), ordinary(BUSY));

        assertThat(change.pause()).isEqualTo(new Pause(NOON.plusSeconds(1), false));
    }

    // A hundred attempts may be in flight when an endpoint is paused. Their failures carry no new information.
    @Test
    void whatComesBackDuringAPauseMakesItNoLonger() {
        var before = new Before(ENDPOINT, EndpointKind.ENDPOINT, busyBefore(2), true);

        var change = before.after(tally(ordinary(BUSY), ordinary(BUSY)), NOON, CONFIG);

        assertThat(change.health().busy()).isEqualTo(2);
        assertThat(change.pause().changesNothing()).isTrue();
    }

    // Otherwise many replays would keep hitting an overloaded receiver, because none of them counts as a failure.
    @Test
    void whatSomebodyAskedForTellsOfTooMuchToDoAsWell() {
        var first = of(EndpointHealth.WELL, NOON, replay(BUSY));
        var second = of(first.health(), NOON, replay(BUSY));

        assertThat(second.health()).isEqualTo(new EndpointHealth(null, 0, 0, false, 0, 2));
        assertThat(second.pause()).isEqualTo(new Pause(NOON.plusSeconds(1), false));
        assertThat(of(first.health(), NOON, replay(TAKEN)).health()).isEqualTo(EndpointHealth.WELL);
    }

    // Other deliveries may succeed at the same moment; the wait that one answer asked for still applies.
    @Test
    void aReceiverIsLeftAloneForAsLongAsItAsked() {
        var asked = new Refused(NOON.plusSeconds(90), true);

        var change = of(EndpointHealth.WELL, NOON, ordinary(asked), ordinary(TAKEN));

        assertThat(change.health()).isEqualTo(EndpointHealth.WELL);
        assertThat(change.pause()).isEqualTo(new Pause(NOON.plusSeconds(90), false));
    }

    private static int warningsOf(int before, Duration failing) {
        var change = of(failing(5, before, failing), NOON, ordinary(REFUSED));
        assertThat(change.news()).isEqualTo(News.FAILING);
        return change.health().warnings();
    }

    private static Pause probed(int failedBefore) {
        return of(new EndpointHealth(NOON.minusSeconds(60), 30, 0, true, failedBefore, 0), NOON, probe(REFUSED))
                .pause();
    }

    private static EndpointHealth failing(int failures, int warnings, Duration since) {
        return new EndpointHealth(NOON.minus(since), failures, warnings, failures >= CONFIG.probeAfter(), 0, 0);
    }

    private static EndpointHealth busyBefore(int times) {
        return new EndpointHealth(NOON.minusSeconds(9), times, 0, false, 0, times);
    }

    private static HealthChange busy(int before, Judged... attempts) {
        return of(busyBefore(before), NOON, attempts);
    }

    private static HealthChange of(EndpointHealth before, Instant now, Judged... attempts) {
        return new Before(ENDPOINT, EndpointKind.ENDPOINT, before, false).after(tally(attempts), now, CONFIG);
    }

    private static Tally tally(Judged... attempts) {
        return Tally.of(Arrays.asList(attempts));
    }

    private static Judged ordinary(DeliveryOutcome outcome) {
        return judged(outcome, "post.published", null, false);
    }

    private static Judged replay(DeliveryOutcome outcome) {
        return judged(outcome, "post.published", 4, false);
    }

    private static Judged test(DeliveryOutcome outcome) {
        return judged(outcome, "webhook_endpoint.test", null, false);
    }

    private static Judged probe(DeliveryOutcome outcome) {
        return judged(outcome, "post.published", null, true);
    }

    private static Judged judged(DeliveryOutcome outcome, String type, @Nullable Integer replayedAfter, boolean probe) {
        var claim = new DeliveryClaim(
                new WebhookDeliveryId(UUID.randomUUID()), new EventId(UUID.randomUUID()), ENDPOINT, 1);
        var receiver = new Receiver("https://hooks.example.com", List.of(), List.of(), CustomHeaders.NONE);
        int number = replayedAfter == null ? 1 : replayedAfter + 1;
        var delivery = new DueDelivery(
                claim,
                new Tenant(new WorkspaceId(UUID.randomUUID()), Mode.TEST),
                receiver,
                type,
                "{}",
                number,
                1,
                replayedAfter != null,
                probe,
                NOON);
        return new Judged(delivery, outcome);
    }
}
