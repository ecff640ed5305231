package dev.carillon.connectors.rules;

import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.RuleViolation;
import java.util.List;
import java.util.Map;

/** The rules of one platform, as a bean of its room; whoever plays the platform asks the same bean. */
public interface ContentRules {
    Platform platform();

    /**
     * Everything that is wrong, empty when the platform would take it.
     *
     * @param settings the target's own settings, as JSON values
     */
    List<RuleViolation> check(String text, Map<String, Object> settings);
}
