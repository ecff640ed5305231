package dev.carillon.api.protocol;

import static dev.carillon.core.kernel.ErrorCode.PRECONDITION_FAILED;
import static dev.carillon.core.kernel.ErrorCode.REVISION_CONFLICT;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.database.ObjectLocks;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.Json;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Changes an object only if it still matches {@code If-Match}. Reading, comparing and changing happen in one transaction, under a lock on
 * the object that every change with {@code If-Match} and every edit of a post takes. Of two such changes that name the same state, one
 * succeeds and the other is refused. Changes without the header, and Carillon's own changes, do not take the lock. They can happen between
 * the comparison and the change, and the change's own rules then still apply.
 */
@Singleton
public class ConditionalWrites {
    private final Transactions transactions;
    private final ObjectLocks locks;
    private final Json json;

    ConditionalWrites(Transactions transactions, ObjectLocks locks, Json json) {
        this.transactions = transactions;
        this.locks = locks;
        this.json = json;
    }

    /**
     * Guards the work with the request's {@code If-Match}, if it has one. The work runs in a transaction, so it must not make network
     * calls.
     *
     * @param object the object's id, or another name that no other object has
     * @param shown the object as GET shows it, first without {@code expand[]}, then in every other form that a caller may have read; it
     *     requires the same scope as GET
     * @return work that throws {@code precondition_failed} if none of these forms has the tag or the revision
     */
    public <T> Supplier<T> guarded(
            Actor actor, HttpRequest<?> request, Object object, Supplier<? extends List<?>> shown, Supplier<T> work) {
        var match = IfMatch.of(request).filter(sent -> !sent.any());
        if (match.isEmpty()) {
            return work;
        }
        return () -> transactions.inWorkspace(actor, () -> {
            locks.lock(object);
            require(match.get(), shown.get());
            return work.get();
        });
    }

    /** Runs guarded work at once. */
    public <T> T run(
            Actor actor, HttpRequest<?> request, Object object, Supplier<? extends List<?>> shown, Supplier<T> work) {
        return guarded(actor, request, object, shown, work).get();
    }

    /**
     * For work that compares the revision in {@code If-Match} itself: turns its refusal for a wrong revision into a failed precondition.
     */
    public static <T> Supplier<T> byRevision(Supplier<T> work) {
        return () -> {
            try {
                return work.get();
            } catch (ApiException exception) {
                throw exception.code() == REVISION_CONFLICT && exception.current() != null
                        ? failed(exception.detail(), exception.current())
                        : exception;
            }
        };
    }

    private void require(IfMatch match, List<?> shown) {
        var tags = shown.stream().map(each -> EntityTag.of(json.write(each))).toList();
        var revision = shown.getFirst() instanceof Revised revised ? revised.revision() : null;
        if (tags.stream().noneMatch(tag -> match.matches(tag, revision))) {
            var now = tags.getFirst();
            throw failed(
                    match.isWeak()
                            ? "If-Match has a weak ETag, which never matches; send the ETag without W/."
                            : "If-Match does not match the object, which now has the ETag %s%s."
                                    .formatted(now, revision == null ? "" : " and the revision " + revision),
                    new ApiException.Current(now, revision));
        }
    }

    private static ApiException failed(String detail, ApiException.@Nullable Current now) {
        var exception = PRECONDITION_FAILED.at(
                TakesIfMatch.HEADER, detail + " Read the object again, and send the change with its present ETag.");
        return now == null ? exception : exception.with(now);
    }
}
