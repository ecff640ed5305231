package dev.carillon.core.publication.attempt;

import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.AttemptId;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.Json;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.net.Exchange;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.publication.Claim;
import dev.carillon.core.publication.Publication;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

@Singleton
public class AttemptQueries {
    private static final String BEGIN = """
            INSERT INTO attempt (publication_id, number, id, workspace_id, livemode, generation, claimed_at, worker, started_at, call_until)
            SELECT opened.publication_id, opened.number, opened.id, opened.workspace_id, opened.livemode, opened.generation,
                   publication.claimed_at, ?, clock_timestamp(), clock_timestamp() + ? * interval '1 millisecond'
            FROM unnest(?::uuid[], ?::bigint[], ?::uuid[], ?::uuid[], ?::boolean[], ?::bigint[])
                AS opened (publication_id, number, id, workspace_id, livemode, generation)
            JOIN publication ON publication.id = opened.publication_id
            RETURNING publication_id, coalesce(clock_at, started_at) AS begun_at
            """;
    private static final String PROLONG = """
            UPDATE attempt SET call_until = clock_timestamp() + ? * interval '1 millisecond'
            WHERE publication_id = ? AND generation = ? AND ended_at IS NULL
            """;
    private static final String END = """
            UPDATE attempt
            SET ended_at = clock_timestamp(), outcome = ended.outcome, code = ended.code, message = ended.message,
                platform_message = ended.platform_message, platform_request_id = ended.platform_request_id,
                exchanges = ended.exchanges::jsonb
            FROM unnest(?::uuid[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                AS ended (publication_id, generation, outcome, code, message, platform_message, platform_request_id, exchanges)
            WHERE attempt.publication_id = ended.publication_id AND attempt.generation = ended.generation AND attempt.ended_at IS NULL
            """;
    private static final String END_INTERRUPTED = """
            UPDATE attempt SET ended_at = clock_timestamp(), outcome = 'interrupted'
            WHERE publication_id = ? AND ended_at IS NULL
            """;
    private static final String OF_PUBLICATION = """
            SELECT * FROM attempt WHERE publication_id = ? ORDER BY number
            """;
    private static final String CALLS_END = """
            SELECT max(coalesce(call_until, started_at + ? * interval '1 millisecond')) + ? * interval '1 millisecond' AS calls_end
            FROM attempt WHERE publication_id = ?
            HAVING max(coalesce(call_until, started_at + ? * interval '1 millisecond')) + ? * interval '1 millisecond' > clock_timestamp()
            """;

    private final Sql sql;
    private final Ids ids;
    private final Json json;

    AttemptQueries(Sql sql, Ids ids, Json json) {
        this.sql = sql;
        this.ids = ids;
        this.json = json;
    }

    /**
     * Opens an attempt for each started publication.
     *
     * @param callTime the time within which an attempt writes its last byte to the platform
     * @return when each attempt began, in its tenant's business time
     */
    public Map<PublicationId, Instant> begin(List<Publication> started, String worker, Duration callTime) {
        return sql
                .of(
                        BEGIN,
                        worker,
                        callTime.toMillis(),
                        Sql.column(started, Publication::id),
                        Sql.column(
                                started,
                                publication -> publication.attemptCount().attempts()),
                        Sql.column(started, publication -> ids.next(AttemptId.KIND)),
                        Sql.column(started, publication -> publication.tenant().workspace()),
                        Sql.column(started, publication -> publication.tenant().mode()),
                        Sql.column(started, Publication::generation))
                .list(row -> Map.entry(row.id("publication_id", PublicationId.KIND), row.instant("begun_at")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Extends the open attempt's time for calls, counted from now. */
    public void prolong(Claim claim, Duration callTime) {
        sql.of(PROLONG, callTime.toMillis(), claim.publication(), claim.generation())
                .update();
    }

    public void end(List<Ended> ended) {
        var failures = ended.stream()
                .map(one -> Optional.ofNullable(one.outcome().failureOrNull()))
                .toList();
        sql.of(
                        END,
                        Sql.column(ended, one -> one.claim().publication()),
                        Sql.column(ended, one -> one.claim().generation()),
                        Sql.column(ended, one -> one.outcome().wireName()),
                        Sql.column(failures, failure -> failure.map(
                                        known -> known.code().wireName())
                                .orElse(null)),
                        Sql.column(failures, failure -> failure.map(Failure::message)
                                .orElse(null)),
                        Sql.column(failures, failure -> failure.map(Failure::platformMessage)
                                .orElse(null)),
                        Sql.column(ended, AttemptQueries::requestId),
                        Sql.column(ended, this::exchanges))
                .update();
    }

    private static @Nullable String requestId(Ended ended) {
        return ended.exchanges().reversed().stream()
                .flatMap(exchange -> Optional.ofNullable(exchange.platformRequestId()).stream())
                .findFirst()
                .orElse(null);
    }

    private @Nullable String exchanges(Ended ended) {
        return ended.exchanges().isEmpty() ? null : json.write(ended.exchanges());
    }

    /** Closes attempts whose process died before it could close them. */
    public void endInterrupted(PublicationId publication) {
        sql.of(END_INTERRUPTED, publication).update();
    }

    public List<Attempt> of(PublicationId publication) {
        return sql.of(OF_PUBLICATION, publication)
                .list(row -> new Attempt(
                        row.id("id", AttemptId.KIND),
                        publication,
                        row.integer("number"),
                        row.instant("started_at"),
                        row.instantOrNull("ended_at"),
                        row.textOrNull("outcome"),
                        row.textOrNull("code"),
                        row.textOrNull("message"),
                        row.textOrNull("platform_message"),
                        row.textOrNull("platform_request_id"),
                        exchanges(row.textOrNull("exchanges"))));
    }

    private List<Exchange> exchanges(@Nullable String text) {
        return text == null ? List.of() : List.of(json.read(text, Exchange[].class));
    }

    /**
     * When, in database time, the last attempt can no longer write to the platform and nothing it wrote can still be
     * under way; empty if that time has passed.
     *
     * @param callTime for attempts without their own call time
     */
    public Optional<Instant> callsEnd(PublicationId publication, Duration callTime, Duration grace) {
        long call = callTime.toMillis();
        long more = grace.toMillis();
        return sql.of(CALLS_END, call, more, publication, call, more).first(row -> row.instant("calls_end"));
    }
}
