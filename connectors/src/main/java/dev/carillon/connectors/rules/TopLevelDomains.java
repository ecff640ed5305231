package dev.carillon.connectors.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tells {@code carillon.dev}, which is a link, from {@code release.zipped}, which is not. */
public record TopLevelDomains(Set<String> names) {
    private static final String RESOURCE = "top-level-domains.txt";
    private static final Pattern BLANK = Pattern.compile("\\s+");

    /** The list that ships with Carillon. It comes after the constants that loading it needs. */
    public static final TopLevelDomains CURRENT = load();

    public TopLevelDomains {
        names = Set.copyOf(names);
    }

    private static TopLevelDomains load() {
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

    /** Whether a host ends in one of these domains. */
    public boolean endsIn(String host) {
        return names.contains(host.substring(host.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }
}
