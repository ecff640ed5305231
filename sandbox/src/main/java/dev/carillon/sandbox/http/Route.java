package dev.carillon.sandbox.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A method and a path template with variables in braces. */
record Route(String method, List<String> template, Access access, Endpoint endpoint) {
    enum Access {
        OPEN,
        BEARER
    }

    Route {
        template = List.copyOf(template);
    }

    /** The variables of the path; empty if the path does not match this route. */
    Optional<Map<String, String>> match(List<String> path) {
        if (path.size() != template.size()) {
            return Optional.empty();
        }
        var variables = new HashMap<String, String>();
        for (int i = 0; i < path.size(); i++) {
            var expected = template.get(i);
            var actual = path.get(i);
            if (expected.startsWith("{") && !actual.isEmpty()) {
                variables.put(expected.substring(1, expected.length() - 1), actual);
            } else if (!expected.equals(actual)) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }
}
