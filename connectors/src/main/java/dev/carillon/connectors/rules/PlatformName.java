package dev.carillon.connectors.rules;

import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.RuleViolation;

/**
 * Whose rules they are.
 *
 * @param written as people write the platform's name
 */
public record PlatformName(Platform platform, String written) {
    /** A rule of this platform that is broken; {@code rule} is its name without the platform's. */
    RuleViolation broken(String rule, String pointer, String message, long limit, long actual, String unit) {
        return new RuleViolation(platform.wireName() + "." + rule, pointer, message, limit, actual, unit);
    }
}
