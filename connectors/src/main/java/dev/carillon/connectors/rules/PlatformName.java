package dev.carillon.connectors.rules;

import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.RuleViolation;

/**
 * A platform and its name.
 *
 * @param written the platform's name as people write it
 */
public record PlatformName(Platform platform, String written) {
    /** A broken rule of this platform; {@code rule} is the rule's name without the platform prefix. */
    RuleViolation broken(String rule, String pointer, String message, long limit, long actual, String unit) {
        return new RuleViolation(platform.wireName() + "." + rule, pointer, message, limit, actual, unit);
    }
}
