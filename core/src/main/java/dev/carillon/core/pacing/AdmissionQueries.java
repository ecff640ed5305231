package dev.carillon.core.pacing;

import dev.carillon.core.database.Row;
import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.platform.Platform;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;

@Singleton
class AdmissionQueries {
    // Where ids are given, the lease is tested inside a coalesce; otherwise the planner might scan all leased rows.
    private static final String CANDIDATES = """
            SELECT publication.id, publication.workspace_id, publication.livemode, publication.account_id, publication.platform,
                   coalesce(account.platform_identity_id, account.id) AS identity_id, account.platform_app_id, account.host,
                   host.openings IS NOT NULL AS on_trial
            FROM unnest(?::uuid[], ?::bigint[]) AS claim (id, generation)
            JOIN publication ON publication.id = claim.id AND publication.generation = claim.generation
            JOIN account ON account.id = publication.account_id AND account.status = 'active'
            LEFT JOIN platform_host AS host ON host.host = account.host AND host.openings > 0
            WHERE publication.status = 'scheduled'
              AND coalesce(publication.lease_until > clock_timestamp(), false)
              AND (publication.platform = ANY (?::text[]) OR host.openings IS NOT NULL)
            ORDER BY publication.urgent DESC, publication.due_at, publication.id
            """;

    private final Sql sql;

    AdmissionQueries(Sql sql) {
        this.sql = sql;
    }

    /** The claimed publications that a rate limit or a host may hold back, the most urgent first. */
    List<Candidate> candidates(List<PublicationId> claimed, List<Long> generations, Collection<Platform> withWindows) {
        return sql.of(CANDIDATES, claimed, generations, Sql.column(withWindows, Platform::wireName))
                .list(AdmissionQueries::candidate);
    }

    private static Candidate candidate(Row row) {
        return new Candidate(
                row.id("id", PublicationId.KIND),
                new Tenant(row.id("workspace_id", WorkspaceId.KIND), row.mode()),
                row.id("account_id", AccountId.KIND),
                Platform.named(row.text("platform")).orElseThrow(),
                row.uuid("identity_id"),
                row.uuid("platform_app_id"),
                row.text("host"),
                row.truth("on_trial"));
    }
}
