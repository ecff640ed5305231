package dev.carillon.core.idempotency;

import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.Tenant;
import jakarta.inject.Singleton;
import java.util.HexFormat;
import java.util.Optional;

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

    boolean tryLock(Tenant tenant, IdempotentCall call) {
        var name = "idempotency %s %s %s %s".formatted(tenant.workspace(), tenant.mode(), call.route(), call.key());
        return sql.of(TRY_LOCK, name).one(row -> row.truth("locked"));
    }

    Optional<Stored> find(Tenant tenant, IdempotentCall call) {
        return sql.of(FIND, tenant.workspace(), tenant.mode(), call.route(), call.key())
                .first(row -> new Stored(
                        HexFormat.of().formatHex(row.bytes("fingerprint")),
                        row.integer("status"),
                        row.bytes("sealed_reply")));
    }

    /** Stores a reply under a key whose lock is held, in place of one that no longer counts. */
    void replace(Tenant tenant, IdempotentCall call, int status, byte[] sealedReply) {
        sql.of(REMOVE_OUTDATED, tenant.workspace(), tenant.mode(), call.route(), call.key())
                .update();
        var fingerprint = HexFormat.of().parseHex(call.fingerprint());
        sql.of(ADD, tenant.workspace(), tenant.mode(), call.route(), call.key(), fingerprint, status, sealedReply)
                .update();
    }
}
