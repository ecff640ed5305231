package dev.carillon.connectors.rules;

import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.RuleViolation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The content rules of one platform, provided as a bean by its connector; the simulated platform uses the same bean.
 */
public interface ContentRules {
    Platform platform();

    /** The platform's name as people write it. */
    PlatformName name();

    /** How the platform threads; empty if a post cannot reply to another post of the same account. */
    Optional<ThreadRule> thread();

    /**
     * All violations; empty if the platform would accept the post.
     *
     * @param settings the target's own settings, as JSON values
     */
    List<RuleViolation> check(String text, Map<String, Object> settings);

    /**
     * All violations in the later parts of a thread, with pointers such as {@code /thread} and {@code /thread/0/text}.
     *
     * @param thread at least one part
     */
    default List<RuleViolation> checkThread(List<String> thread, Map<String, Object> settings) {
        return thread().map(rule -> rule.check(name(), this, thread, settings))
                .orElseGet(
                        () -> List.of(RuleViolation.noThreads(platform().wireName(), name().written(), thread.size())));
    }

    /** The settings to send with the later parts of a thread. */
    default Map<String, Object> settingsOfParts(Map<String, Object> settings) {
        return thread().map(rule -> rule.ofParts(settings)).orElse(settings);
    }
}
