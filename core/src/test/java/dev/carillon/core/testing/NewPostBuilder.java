package dev.carillon.core.testing;

import dev.carillon.core.account.Account;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.pacing.LateWish;
import dev.carillon.core.post.NewPost;
import dev.carillon.core.post.NewPost.NewTarget;
import dev.carillon.core.post.NewPost.When;
import dev.carillon.core.publication.ThreadPart;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Builds posts as callers ask for them. A test names only what matters to it. */
public final class NewPostBuilder {
    private final String text;
    private List<String> parts = List.of();
    private List<NewTarget> targets = List.of();
    private When when = new When.Now();
    private boolean allowDuplicate;
    private LateWish late = LateWish.NONE;
    private boolean sandbox;
    private @Nullable String webhookUrl;

    private NewPostBuilder(String text) {
        this.text = text;
    }

    /** A post that is to be published now. */
    public static NewPostBuilder aPost(String text) {
        return new NewPostBuilder(text);
    }

    /** A target that has the common text, and no settings. */
    public static NewTarget target(AccountId account) {
        return new NewTarget(account, null, null, Map.of(), null);
    }

    public NewPostBuilder on(Account... accounts) {
        return on(Stream.of(accounts).map(Account::id).toList());
    }

    public NewPostBuilder on(AccountId... accounts) {
        return on(List.of(accounts));
    }

    public NewPostBuilder on(Collection<AccountId> accounts) {
        targets = accounts.stream().map(NewPostBuilder::target).toList();
        return this;
    }

    public NewPostBuilder on(NewTarget target) {
        targets = List.of(target);
        return this;
    }

    public NewPostBuilder when(When time) {
        when = time;
        return this;
    }

    public NewPostBuilder draft() {
        return when(new When.Draft());
    }

    /** Adds a thread with these texts. */
    public NewPostBuilder followedBy(Collection<String> texts) {
        parts = List.copyOf(texts);
        return this;
    }

    public NewPostBuilder allowDuplicate() {
        allowDuplicate = true;
        return this;
    }

    public NewPostBuilder late(LateWish wish) {
        late = wish;
        return this;
    }

    /** Whether a live key has it simulated. */
    public NewPostBuilder sandbox(boolean simulated) {
        sandbox = simulated;
        return this;
    }

    public NewPostBuilder webhookUrl(String url) {
        webhookUrl = url;
        return this;
    }

    public NewPost build() {
        return new NewPost(
                text,
                parts.stream().map(ThreadPart::new).toList(),
                targets,
                when,
                Map.of(),
                allowDuplicate,
                late,
                sandbox,
                List.of(),
                webhookUrl);
    }
}
