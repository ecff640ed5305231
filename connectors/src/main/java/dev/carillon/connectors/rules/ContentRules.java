package dev.carillon.connectors.rules;

import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.RuleViolation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules of one platform, as a bean of its room; whoever plays the platform asks the same bean. */
public interface ContentRules {
    Platform platform();

    /** How people write its name. */
    PlatformName name();

    /** How it threads; empty where it cannot reply to a post of its own. */
    Optional<ThreadRule> thread();

    /**
     * Everything that is wrong, empty when the platform would take it.
     *
     * @param settings the target's own settings, as JSON values
     */
    List<RuleViolation> check(String text, Map<String, Object> settings);

    /**
     * Everything that is wrong with what follows a post, at {@code /thread}, {@code /thread/0/text} and so on.
     *
     * @param thread at least one part
     */
    default List<RuleViolation> checkThread(List<String> thread, Map<String, Object> settings) {
        return thread().map(rule -> rule.check(name(), this, thread, settings))
                .orElseGet(
                        () -> List.of(RuleViolation.noThreads(platform().wireName(), name().written(), thread.size())));
    }

    /** The settings with which a part of a thread is sent. */
    default Map<String, Object> settingsOfParts(Map<String, Object> settings) {
        return thread().map(rule -> rule.ofParts(settings)).orElse(settings);
    }
}
