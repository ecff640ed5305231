package dev.carillon.connectors.bluesky;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tells {@code carillon.dev}, which is a link, from {@code release.zipped}, which is not. */
record TopLevelDomains(Set<String> names) {
    private static final String RESOURCE = "top-level-domains.txt";
    private static final Pattern BLANK = Pattern.compile("\\s+");

    TopLevelDomains {
        names = Set.copyOf(names);
    }

    static TopLevelDomains load() {
        try (var resource = Objects.requireNonNull(TopLevelDomains.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            var text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            return new TopLevelDomains(text.lines()
                    .filter(line -> !line.startsWith("#"))
                    .flatMap(BLANK::splitAsStream)
                    .collect(Collectors.toSet()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean endsIn(String host) {
        return names.contains(host.substring(host.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }
}
