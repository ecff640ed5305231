package dev.carillon.connectors.rules;

import dev.carillon.core.platform.RuleViolation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a platform threads: each part replies to the part before it.
 *
 * @param mostParts the most parts after the post itself
 * @param ofFirst settings that apply to a whole conversation and that only its first post can have
 */
public record ThreadRule(int mostParts, Set<String> ofFirst) {
    /** The most parts that X's own composer allows after the first post; no platform publishes a number. */
    static final int PARTS_ON_X = 24;

    /** The most parts that any post may have; the platform names no limit. */
    public static final int MANY = 49;

    public ThreadRule {
        ofFirst = Set.copyOf(ofFirst);
    }

    public static ThreadRule of(int mostParts, String... ofFirst) {
        return new ThreadRule(mostParts, Set.of(ofFirst));
    }

    /** The settings to send with a later part. */
    public Map<String, Object> ofParts(Map<String, Object> settings) {
        return settings.entrySet().stream()
                .filter(setting -> !ofFirst.contains(setting.getKey()))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * The violations in a thread.
     *
     * @param rules the platform's rules, which each part must meet; violations in the settings are reported with the
     *     post itself
     */
    public List<RuleViolation> check(
            PlatformName name, ContentRules rules, List<String> thread, Map<String, Object> settings) {
        var violations = new ArrayList<RuleViolation>();
        if (thread.size() > mostParts) {
            var message = "The thread has %d parts; %s allows %d after the post itself. Remove %d."
                    .formatted(thread.size(), name.written(), mostParts, thread.size() - mostParts);
            violations.add(name.broken("thread.parts", "/thread", message, mostParts, thread.size(), "parts"));
        }
        var ofParts = ofParts(settings);
        for (int part = 0; part < thread.size(); part++) {
            var pointer = "/thread/" + part;
            rules.check(thread.get(part), ofParts).stream()
                    .filter(violation -> violation.pointer().startsWith("/text"))
                    .map(violation -> violation.at(pointer + violation.pointer()))
                    .forEach(violations::add);
        }
        return violations;
    }
}
