package dev.carillon.core.idempotency;

import dev.carillon.core.apikey.Actor;
import dev.carillon.core.apikey.Caller;
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
    // Never waits: a crowd of repetitions would otherwise hold every connection of the pool.
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
            INSERT INTO idempotency_key (workspace_id, livemode, route, key, fingerprint, status, sealed_reply, made_by, bounds)
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

    /** What a key was used for. */
    static final class Stored {
        private final boolean counts;
        private final String fingerprint;
        private final int status;
        private final byte[] sealedReply;
        private final @Nullable String madeBy;
        private final @Nullable List<UUID> bounds;

        private Stored(Row row) {
            this.counts = row.truth("counts");
            this.fingerprint = HexFormat.of().formatHex(row.bytes("fingerprint"));
            this.status = row.integer("status");
            this.sealedReply = row.bytes("sealed_reply");
            this.madeBy = row.textOrNull("made_by");
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

        /** The caller that had it made; null where that was not kept. */
        @Nullable
        String madeBy() {
            return madeBy;
        }

        /** What that caller kept to; null for the whole workspace, or where it was not kept. */
        @Nullable
        List<UUID> bounds() {
            return bounds;
        }
    }

    /**
     * What a call finds.
     *
     * @param locked whether nobody else runs under the key; false says nothing of what is stored
     * @param stored null where the key is unused
     * @param outdated whether there is a row that no longer counts
     */
    record Looked(boolean locked, @Nullable Stored stored, boolean outdated) {}

    /** Locks the key, unless somebody else has it, and then looks for its row. */
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

    /** Makes room under a key whose lock is held. */
    void remove(Tenant tenant, IdempotentCall call) {
        sql.of(REMOVE, tenant.workspace(), tenant.mode(), call.route(), call.key())
                .later();
    }

    /** Stores a reply under a key whose lock is held, and which is unused. */
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

    /** What {@link Stored#madeBy} calls a caller. */
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
