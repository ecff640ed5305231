package dev.carillon.core.idempotency;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Caller;
import dev.carillon.core.database.Row;
import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.Tenant;
import jakarta.inject.Singleton;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Singleton
class IdempotencyQueries {
    // Never waits: many concurrent repetitions would otherwise occupy every connection of the pool.
    private static final String TRY_LOCK = """
            SELECT pg_try_advisory_xact_lock(hashtextextended(?, 0)) AS locked
            """;
    private static final String FIND = """
            SELECT *, created_at > clock_timestamp() - interval '24 hours' AS counts FROM idempotency_key
            WHERE workspace_id = ? AND livemode = ? AND route = ? AND key = ?
            """;
    private static final String REMOVE = """
            DELETE FROM idempotency_key WHERE workspace_id = ? AND livemode = ? AND route = ? AND key = ?
            """;
    private static final String ADD = """
            INSERT INTO idempotency_key (workspace_id, livemode, route, key, fingerprint, status, sealed_reply, created_by, bounds)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::uuid[])
            """;
    private static final String SEEN = """
            SELECT count(*) AS seen FROM unnest(?::uuid[]) AS named (id)
            WHERE EXISTS (SELECT FROM post WHERE post.id = named.id)
               OR EXISTS (SELECT FROM publication WHERE publication.id = named.id)
               OR EXISTS (SELECT FROM account WHERE account.id = named.id)
               OR EXISTS (SELECT FROM account_group WHERE account_group.id = named.id)
            """;

    private final Sql sql;

    IdempotencyQueries(Sql sql) {
        this.sql = sql;
    }

    /** The stored use of a key. */
    static final class Stored {
        private final boolean counts;
        private final String fingerprint;
        private final int status;
        private final byte[] sealedReply;
        private final @Nullable String createdBy;
        private final @Nullable List<UUID> bounds;

        private Stored(Row row) {
            this.counts = row.truth("counts");
            this.fingerprint = HexFormat.of().formatHex(row.bytes("fingerprint"));
            this.status = row.integer("status");
            this.sealedReply = row.bytes("sealed_reply");
            this.createdBy = row.textOrNull("created_by");
            this.bounds = row.uuidsOrNull("bounds");
        }

        String fingerprint() {
            return fingerprint;
        }

        int status() {
            return status;
        }

        byte[] sealedReply() {
            return sealedReply;
        }

        /** The caller whose request created the reply; null if it was not recorded. */
        @Nullable
        String createdBy() {
            return createdBy;
        }

        /** The bounds of that caller; null for the whole workspace, or if they were not recorded. */
        @Nullable
        List<UUID> bounds() {
            return bounds;
        }
    }

    /**
     * The result of a look-up.
     *
     * @param locked whether this transaction holds the key's lock; if false, nothing is known about what is stored
     * @param stored null if the key is unused
     * @param outdated whether there is a row that has expired
     */
    record Looked(boolean locked, @Nullable Stored stored, boolean outdated) {}

    /** Locks the key, unless another request holds it, and then reads its row. */
    Looked tryLockAndFind(Tenant tenant, IdempotentCall call) {
        var name = "idempotency %s %s %s %s".formatted(tenant.workspace(), tenant.mode(), call.route(), call.key());
        var both = sql.of(TRY_LOCK, name).listWith(row -> row.truth("locked"), finding(tenant, call), Stored::new);
        var found = both.second().stream().findFirst();
        return new Looked(
                both.first().getFirst(),
                found.filter(stored -> stored.counts).orElse(null),
                found.filter(stored -> !stored.counts).isPresent());
    }

    Optional<Stored> find(Tenant tenant, IdempotentCall call) {
        return finding(tenant, call).first(Stored::new).filter(stored -> stored.counts);
    }

    private Sql.Bound finding(Tenant tenant, IdempotentCall call) {
        return sql.of(FIND, tenant.workspace(), tenant.mode(), call.route(), call.key());
    }

    /** Deletes the row of a key whose lock is held. */
    void remove(Tenant tenant, IdempotentCall call) {
        sql.of(REMOVE, tenant.workspace(), tenant.mode(), call.route(), call.key())
                .later();
    }

    /** Stores a reply under an unused key whose lock is held. */
    void add(Actor caller, IdempotentCall call, int status, byte[] sealedReply) {
        var tenant = caller.tenant();
        var fingerprint = HexFormat.of().parseHex(call.fingerprint());
        sql.of(
                        ADD,
                        tenant.workspace(),
                        tenant.mode(),
                        call.route(),
                        call.key(),
                        fingerprint,
                        status,
                        sealedReply,
                        nameOf(caller),
                        caller.keepsTo())
                .later();
    }

    /** The caller's name as {@link Stored#createdBy} returns it. */
    static String nameOf(Actor caller) {
        return switch (caller.caller()) {
            case Caller.ByKey(var key) -> key.toString();
            case Caller.ByMember by -> by.member().toString();
        };
    }

    /** How many of these posts, publications, accounts and groups the open transaction sees. */
    long seen(Set<UUID> named) {
        return sql.of(SEEN, named).one(row -> row.number("seen"));
    }
}
