package dev.carillon.core.publication;

import dev.carillon.core.kernel.AccountId;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The content of one revision of a post, common and per target; never changed once it is stored.
 *
 * @param text the text for targets without their own text
 * @param thread the later parts, for targets without their own thread
 * @param targets content by the account's id
 */
@Serdeable
public record RevisionContent(String text, List<ThreadPart> thread, Map<String, TargetContent> targets) {
    public RevisionContent {
        // Revisions that were stored before threads existed have no thread.
        thread = List.copyOf(Objects.requireNonNullElse(thread, List.of()));
        targets = Map.copyOf(targets);
    }

    /**
     * A target's own content.
     *
     * @param thread null for the common thread
     */
    @Serdeable
    public record TargetContent(
            @Nullable String text, @Nullable List<ThreadPart> thread, Map<String, Object> settings) {
        public static final TargetContent SAME = new TargetContent(null, null, Map.of());

        public TargetContent {
            thread = thread == null ? null : List.copyOf(thread);
            settings = Map.copyOf(settings);
        }
    }

    /** The text of a publication. */
    public String textOf(Publication publication) {
        return textFor(publication.account(), publication.part());
    }

    /**
     * The text of a part on an account.
     *
     * @param part 0 for the post itself
     */
    public String textFor(AccountId account, int part) {
        if (part > 0) {
            return threadFor(account).get(part - 1).text();
        }
        var own = target(account).text();
        return own == null ? text : own;
    }

    /** The parts after the post itself on an account. */
    public List<ThreadPart> threadFor(AccountId account) {
        var own = target(account).thread();
        return own == null ? thread : own;
    }

    public Map<String, Object> settingsFor(AccountId account) {
        return target(account).settings();
    }

    private TargetContent target(AccountId account) {
        return targets.getOrDefault(account.toString(), TargetContent.SAME);
    }

    /** Leaves out the text, which must not appear in logs. */
    @Override
    public String toString() {
        return "RevisionContent[targets=" + targets.keySet() + "]";
    }
}
