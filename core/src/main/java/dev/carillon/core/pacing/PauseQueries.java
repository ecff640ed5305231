package dev.carillon.core.pacing;

import dev.carillon.core.database.Sql;
import dev.carillon.core.platform.PublishOutcome.PauseScope;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Singleton
class PauseQueries {
    // Pauses both lanes of an account, whether they exist or not: the limit is the account's, and applies to urgent
    // work too.
    private static final String PAUSE_ACCOUNTS = """
            WITH wanted AS (
                SELECT account.id, account.workspace_id, account.livemode, max(pause.until) AS until
                FROM unnest(?::uuid[], ?::boolean[], ?::timestamptz[]) AS pause (account_id, whole_identity, until)
                JOIN account ON account.id = pause.account_id
                WHERE NOT pause.whole_identity OR account.platform_identity_id IS NULL
                GROUP BY account.id)
            INSERT INTO publication_lane AS known (lane_key, urgent, workspace_id, livemode, paused_until)
            SELECT id, urgent, workspace_id, livemode, until FROM wanted CROSS JOIN (VALUES (false), (true)) AS either (urgent)
            ORDER BY id, urgent
            ON CONFLICT (lane_key, urgent) DO UPDATE
            SET paused_until = greatest(known.paused_until, excluded.paused_until),
                next_due_at = CASE WHEN known.next_due_at IS NOT NULL
                              THEN greatest(known.next_due_at, excluded.paused_until) END
            """;
    // Both names are constants in this class.
    private static final String PAUSE_SHARED = """
            WITH wanted AS (
                SELECT account.%2$s AS id, max(pause.until) AS until
                FROM unnest(?::uuid[], ?::timestamptz[]) AS pause (account_id, until)
                JOIN account ON account.id = pause.account_id
                GROUP BY account.%2$s),
            locked AS (
                SELECT held.id FROM %1$s AS held JOIN wanted ON wanted.id = held.id
                ORDER BY held.id FOR NO KEY UPDATE OF held)
            UPDATE %1$s AS shared SET paused_until = greatest(shared.paused_until, wanted.until)
            FROM wanted JOIN locked ON locked.id = wanted.id WHERE shared.id = wanted.id
            """;
    private static final String PAUSE_IDENTITIES = PAUSE_SHARED.formatted("platform_identity", "platform_identity_id");
    private static final String PAUSE_APPS = PAUSE_SHARED.formatted("platform_app", "platform_app_id");
    private static final String PAUSE_HOSTS = """
            INSERT INTO platform_host AS known (host, paused_until)
            SELECT account.host, max(pause.until)
            FROM unnest(?::uuid[], ?::timestamptz[]) AS pause (account_id, until)
            JOIN account ON account.id = pause.account_id
            GROUP BY account.host
            ORDER BY account.host
            ON CONFLICT (host) DO UPDATE SET paused_until = greatest(known.paused_until, excluded.paused_until)
            """;

    private final Sql sql;

    PauseQueries(Sql sql) {
        this.sql = sql;
    }

    /** Pauses the lanes of accounts. For pauses of an identity, only accounts without an identity are paused here. */
    void pauseAccounts(List<Pause> pauses) {
        sql.of(
                        PAUSE_ACCOUNTS,
                        accounts(pauses),
                        Sql.column(pauses, pause -> pause.scope() == PauseScope.IDENTITY),
                        ends(pauses))
                .update();
    }

    void pauseIdentities(List<Pause> pauses) {
        sql.of(PAUSE_IDENTITIES, accounts(pauses), ends(pauses)).update();
    }

    void pauseApps(List<Pause> pauses) {
        sql.of(PAUSE_APPS, accounts(pauses), ends(pauses)).update();
    }

    void pauseHosts(List<Pause> pauses) {
        sql.of(PAUSE_HOSTS, accounts(pauses), ends(pauses)).update();
    }

    private static List<@Nullable Object> accounts(List<Pause> pauses) {
        return Sql.column(pauses, Pause::account);
    }

    private static List<@Nullable Object> ends(List<Pause> pauses) {
        return Sql.column(pauses, Pause::until);
    }
}
