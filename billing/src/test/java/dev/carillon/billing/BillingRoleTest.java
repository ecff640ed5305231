package dev.carillon.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.billing.SimulatedStripe.Trouble;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.Money;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.testing.TestCarillon;
import dev.carillon.core.usage.MeterEvents;
import dev.carillon.core.usage.MeterEvents.Counted;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BillingRoleTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private SimulatedStripe stripe;
    private TestCarillon carillon;
    private BillingRole role;
    private WorkspaceId payer;

    @BeforeEach
    void start() throws SQLException {
        stripe = new SimulatedStripe();
        carillon = TestCarillon.start(Map.of(
                "carillon.stripe.key", "sk_test_played",
                "carillon.stripe.api-base", stripe.url(),
                "carillon.stripe.report-every", "100ms"));
        role = carillon.bean(BillingRole.class);
        payer = carillon.newWorkspace();
        update("UPDATE workspace SET stripe_customer_id = 'cus_payer' WHERE id = ?", payer.value());
    }

    @AfterEach
    void stop() {
        role.close();
        carillon.close();
        stripe.close();
    }

    @Test
    void aPublishedPublicationIsReportedOnceWithItsCustomerAndTime() throws SQLException {
        var publication = counts(payer, Mode.LIVE);

        role.start();

        await().atMost(SOON).until(() -> isReported(publication));
        assertThat(stripe.counted()).containsOnlyKeys("publications:" + publication);
        assertThat(stripe.counted().get("publications:" + publication))
                .containsEntry("event_name", "carillon_publications")
                .containsEntry("payload[stripe_customer_id]", "cus_payer")
                .containsEntry("payload[value]", "1")
                .containsEntry("timestamp", Long.toString(NOON.getEpochSecond()));
        assertThat(stripe.keys()).containsExactly("Bearer sk_test_played");
    }

    // Without the identifier, a customer could pay twice when a process dies or an answer is lost.
    @Test
    void aReportWhoseAnswerWasLostIsRepeatedAndCountedOnce() throws SQLException {
        stripe.next(Trouble.COUNT_AND_CUT);
        var publication = counts(payer, Mode.LIVE);

        role.start();

        await().atMost(SOON).until(() -> isReported(publication));
        assertThat(stripe.keys()).hasSize(2);
        assertThat(stripe.counted()).hasSize(1);
    }

    @Test
    void testModeAndWorkspacesWithoutACustomerAreNotReported() throws SQLException {
        var test = counts(payer, Mode.TEST);
        var unpaid = counts(carillon.newWorkspace(), Mode.LIVE);
        var paid = counts(payer, Mode.LIVE);

        role.start();

        await().atMost(SOON).until(() -> isReported(paid));
        assertThat(stripe.counted()).containsOnlyKeys("publications:" + paid);
        assertThat(isReported(test)).isFalse();
        assertThat(isReported(unpaid)).isFalse();
    }

    @Test
    void whatStripeDoesNotTakeNowIsReportedLaterAndHoldsUpNothingForGood() throws SQLException {
        stripe.next(Trouble.NO_SUCH_CUSTOMER, Trouble.TOO_MANY, Trouble.WRONG_KEY);
        var first = counts(payer, Mode.LIVE);
        var second = counts(payer, Mode.LIVE);

        role.start();

        await().atMost(SOON).until(() -> isReported(first) && isReported(second));
        assertThat(stripe.counted()).hasSize(2);
    }

    // Stripe forgets identifiers after a day. A later repetition could be counted and paid twice.
    @Test
    void anUnknownReportOlderThanStripesMemoryIsLeftToReconciliation() throws SQLException {
        var old = counts(payer, Mode.LIVE);
        update(
                "UPDATE meter_event SET report_started_at = clock_timestamp() - interval '21 hours' WHERE publication_id = ?",
                old.value());
        var fresh = counts(payer, Mode.LIVE);

        role.start();

        await().atMost(SOON).until(() -> isReported(fresh));
        assertThat(stripe.counted()).containsOnlyKeys("publications:" + fresh);
    }

    private PublicationId counts(WorkspaceId workspace, Mode mode) {
        var ids = carillon.bean(Ids.class);
        var publication = ids.next(PublicationId.KIND);
        carillon.bean(Transactions.class).acrossWorkspaces(() -> {
            carillon.bean(MeterEvents.class)
                    .count(List.of(new Counted(
                            publication,
                            new Tenant(workspace, mode),
                            ids.next(AccountId.KIND),
                            null,
                            Platform.SANDBOX,
                            new Money(10_000, "usd"),
                            NOON)));
            return publication;
        });
        return publication;
    }

    private boolean isReported(PublicationId publication) throws SQLException {
        try (var connection = carillon.database().asOwner().getConnection();
                var statement = connection.prepareStatement(
                        "SELECT reported_at IS NOT NULL FROM meter_event WHERE publication_id = ?")) {
            statement.setObject(1, publication.value());
            try (var rows = statement.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    private void update(String statement, UUID id) throws SQLException {
        try (var connection = carillon.database().asOwner().getConnection();
                var prepared = connection.prepareStatement(statement)) {
            prepared.setObject(1, id);
            prepared.executeUpdate();
        }
    }
}
