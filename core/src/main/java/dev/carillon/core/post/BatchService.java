package dev.carillon.core.post;

import dev.carillon.core.apikey.Actor;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.Refusal;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Accepts several posts in one transaction. */
@Singleton
public class BatchService {
    private final Transactions transactions;
    private final PostService posts;

    BatchService(Transactions transactions, PostService posts) {
        this.transactions = transactions;
        this.posts = posts;
    }

    /** What became of one post of a batch. */
    public sealed interface Item {
        record Accepted(AcceptedPost post) implements Item {}

        /** Nothing was written of it. */
        record Refused(Refusal refusal) implements Item {}
    }

    /**
     * All of them, or none.
     *
     * @param drafts each reads its draft, and may refuse to
     * @throws Refusal the first one's that is refused, which says which it was
     */
    public List<AcceptedPost> all(Actor actor, List<Supplier<NewPost>> drafts) {
        return transactions.inWorkspace(actor, () -> {
            var accepted = new ArrayList<AcceptedPost>();
            for (int i = 0; i < drafts.size(); i++) {
                try {
                    accepted.add(posts.accept(actor, drafts.get(i).get()));
                } catch (Refusal refusal) {
                    throw refusal.within("/posts/" + i);
                }
            }
            return accepted;
        });
    }

    /** Those that can be accepted, each as if it came alone. */
    public List<Item> each(Actor actor, List<Supplier<NewPost>> drafts) {
        return transactions.inWorkspace(actor, () -> {
            var items = new ArrayList<Item>();
            for (int i = 0; i < drafts.size(); i++) {
                items.add(one(actor, drafts.get(i), "/posts/" + i));
            }
            return items;
        });
    }

    private Item one(Actor actor, Supplier<NewPost> draft, String pointer) {
        try {
            return new Item.Accepted(transactions.attempt(() -> posts.accept(actor, draft.get())));
        } catch (Refusal refusal) {
            return new Item.Refused(refusal.within(pointer));
        }
    }
}
