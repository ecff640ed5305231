package dev.carillon.core.idempotency;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.idempotency.IdempotencyQueries.Stored;
import dev.carillon.core.kernel.AccountGroupId;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.Id;
import dev.carillon.core.kernel.IdKind;
import dev.carillon.core.kernel.Json;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.kernel.PublicationId;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Decides who may see a stored reply. A reply with a secret is shown only to the caller whose request created it; a
 * caller that is bound to accounts sees only what is within its bounds now.
 */
@Singleton
final class ReplayRights {
    private static final Set<String> IDS = Set.of("id", "account_id", "post_id", "publication_id");
    private static final List<IdKind<? extends Id>> BOUNDED =
            List.of(AccountId.KIND, AccountGroupId.KIND, PostId.KIND, PublicationId.KIND);
    private static final int FIRST_ERROR = 400;

    private final Transactions transactions;
    private final IdempotencyQueries queries;
    private final Json json;

    ReplayRights(Transactions transactions, IdempotencyQueries queries, Json json) {
        this.transactions = transactions;
        this.queries = queries;
        this.json = json;
    }

    /** Joins the open transaction, which is the caller's. */
    boolean mayBeTold(Actor caller, Stored stored, String body) {
        var reply = json.readObject(body);
        if (reply.get("secret") != null) {
            return IdempotencyQueries.nameOf(caller).equals(stored.createdBy());
        }
        var bounds = caller.keepsTo();
        if (bounds == null) {
            return true;
        }
        var named = new HashSet<UUID>();
        collect(reply, named);
        long seen = queries.seen(named);
        // Objects deleted since then, such as a part of a thread, are visible to no caller and do not count.
        if (seen < transactions.beyondBounds(() -> queries.seen(named))) {
            return false;
        }
        // A refusal, or a reply that names no existing object, is shown if its original caller reached no more than
        // this one.
        return (stored.status() < FIRST_ERROR && seen > 0) || isWithin(stored, bounds);
    }

    private static boolean isWithin(Stored stored, Collection<Id> bounds) {
        var made = stored.bounds();
        return made != null
                && bounds.stream().map(Id::value).collect(Collectors.toSet()).containsAll(made);
    }

    /** Metadata may contain anything, including ids. */
    private static void collect(Object value, Set<UUID> named) {
        switch (value) {
            case Map<?, ?> fields ->
                fields.forEach((name, inner) -> {
                    if (inner instanceof String text && IDS.contains(name)) {
                        BOUNDED.forEach(kind -> kind.read(text).ifPresent(id -> named.add(id.value())));
                    } else if (inner != null && !Objects.equals(name, "metadata")) {
                        collect(inner, named);
                    }
                });
            case List<?> list -> list.stream().filter(Objects::nonNull).forEach(inner -> collect(inner, named));
            default -> {
                // A string or a number names no object.
            }
        }
    }
}
