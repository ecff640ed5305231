package dev.carillon.core.publication;

import dev.carillon.core.kernel.AccountId;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one revision of a post says, to everybody and to each target; never changed once it is stored.
 *
 * @param text said where a target has no text of its own
 * @param targets by the account's id
 */
@Serdeable
public record RevisionContent(String text, Map<String, TargetContent> targets) {
    public RevisionContent {
        targets = Map.copyOf(targets);
    }

    /** What one target says differently. */
    @Serdeable
    public record TargetContent(@Nullable String text, Map<String, Object> settings) {
        public static final TargetContent SAME = new TargetContent(null, Map.of());

        public TargetContent {
            settings = Map.copyOf(settings);
        }
    }

    public String textFor(AccountId account) {
        var own = target(account).text();
        return own == null ? text : own;
    }

    public Map<String, Object> settingsFor(AccountId account) {
        return target(account).settings();
    }

    private TargetContent target(AccountId account) {
        return targets.getOrDefault(account.toString(), TargetContent.SAME);
    }

    /** The text of a post is nobody's business in a log. */
    @Override
    public String toString() {
        return "RevisionContent[targets=" + targets.keySet() + "]";
    }
}
