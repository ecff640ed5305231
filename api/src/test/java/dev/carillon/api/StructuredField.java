package dev.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads RFC 9651 lists of strings with integer parameters, and nothing else. */
final class StructuredField {
    private static final Pattern ENTRY =
            Pattern.compile("\"([ !#-\\[\\]-~]*)\"((?:;[a-z*][a-z0-9_.*-]*=-?\\d{1,15})*)");
    private static final Pattern PARAMETER = Pattern.compile(";([a-z*][a-z0-9_.*-]*)=(-?\\d{1,15})");

    private StructuredField() {}

    /** The parameters of each entry, by entry name. */
    static Map<String, Map<String, Long>> read(String field) {
        var entries = new LinkedHashMap<String, Map<String, Long>>();
        for (var text : field.split("[ \\t]*,[ \\t]*", -1)) {
            var entry = ENTRY.matcher(text);
            assertThat(entry.matches()).as(field).isTrue();
            var parameters = new LinkedHashMap<String, Long>();
            PARAMETER
                    .matcher(entry.group(2))
                    .results()
                    .forEach(found -> parameters.put(found.group(1), Long.valueOf(found.group(2))));
            entries.put(entry.group(1), parameters);
        }
        return entries;
    }
}
