package dev.carillon.core.idempotency;

import dev.carillon.core.database.Row;
import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.Tenant;
import jakarta.inject.Singleton;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@Singleton
class IdempotencyQueries {
    // Never waits: a crowd of repetitions would otherwise hold every connection of the pool.
    private static final String TRY_LOCK = """
            SELECT pg_try_advisory_xact_lock(hashtextextended(?, 0)) AS locked
            """;
    private static final String FIND = """
            SELECT * FROM idempotency_key
            WHERE workspace_id = ? AND livemode = ? AND route = ? AND key = ?
              AND created_at > clock_timestamp() - interval '24 hours'
            """;
    private static final String REMOVE_OUTDATED = """
            DELETE FROM idempotency_key WHERE workspace_id = ? AND livemode = ? AND route = ? AND key = ?
            """;
    private static final String ADD = """
            INSERT INTO idempotency_key (workspace_id, livemode, route, key, fingerprint, status, sealed_reply)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """;

    private final Sql sql;

    IdempotencyQueries(Sql sql) {
        this.sql = sql;
    }

    /** A row that still counts. */
    static final class Stored {
        private final String fingerprint;
        private final int status;
        private final byte[] sealedReply;

        private Stored(String fingerprint, int status, byte[] sealedReply) {
            this.fingerprint = fingerprint;
            this.status = status;
            this.sealedReply = sealedReply;
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
    }

    /**
     * What a call finds.
     *
     * @param locked whether nobody else runs under the key; false says nothing of what is stored
     * @param stored null where the key is unused
     */
    record Looked(boolean locked, @Nullable Stored stored) {}

    /** Locks the key, unless somebody else has it, and then looks for its row. */
    Looked tryLockAndFind(Tenant tenant, IdempotentCall call) {
        var name = "idempotency %s %s %s %s".formatted(tenant.workspace(), tenant.mode(), call.route(), call.key());
        var both = sql.of(TRY_LOCK, name)
                .listWith(row -> row.truth("locked"), finding(tenant, call), IdempotencyQueries::stored);
        return new Looked(
                both.first().getFirst(),
                both.second().isEmpty() ? null : both.second().getFirst());
    }

    Optional<Stored> find(Tenant tenant, IdempotentCall call) {
        return finding(tenant, call).first(IdempotencyQueries::stored);
    }

    private Sql.Bound finding(Tenant tenant, IdempotentCall call) {
        return sql.of(FIND, tenant.workspace(), tenant.mode(), call.route(), call.key());
    }

    private static Stored stored(Row row) {
        return new Stored(
                HexFormat.of().formatHex(row.bytes("fingerprint")), row.integer("status"), row.bytes("sealed_reply"));
    }

    /** Stores a reply under a key whose lock is held, in place of one that no longer counts. */
    void replace(Tenant tenant, IdempotentCall call, int status, byte[] sealedReply) {
        sql.of(REMOVE_OUTDATED, tenant.workspace(), tenant.mode(), call.route(), call.key())
                .later();
        var fingerprint = HexFormat.of().parseHex(call.fingerprint());
        sql.of(ADD, tenant.workspace(), tenant.mode(), call.route(), call.key(), fingerprint, status, sealedReply)
                .later();
    }
}
