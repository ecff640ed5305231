package dev.carillon.connectors.rules;

import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.RuleViolation;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a platform as data.
 *
 * @param settings the settings that the platform has
 * @param thread how it threads; empty if it cannot
 * @param apart groups of settings of which only one may be given
 * @param source where the rules were read
 * @param asOf when they were read
 */
record PlatformRules(
        PlatformName name,
        Content content,
        Optional<ThreadRule> thread,
        List<Setting> settings,
        List<List<String>> apart,
        String source,
        YearMonth asOf)
        implements ContentRules {

    /**
     * What a post must contain, and how much of it.
     *
     * @param media the kind of media that every post needs; null if text alone is enough
     * @param insteadOfWords settings that can replace the text
     */
    record Content(@Nullable String media, List<String> insteadOfWords, List<TextLimit> limits) {
        static Content words(TextLimit... limits) {
            return new Content(null, List.of(), List.of(limits));
        }

        static Content media(String kind, TextLimit... limits) {
            return new Content(kind, List.of(), List.of(limits));
        }

        Content orSettings(String... settings) {
            return new Content(media, List.of(settings), limits);
        }
    }

    PlatformRules {
        settings = List.copyOf(settings);
        apart = List.copyOf(apart);
    }

    static PlatformRules of(
            Platform platform, String name, Content content, String source, YearMonth asOf, Setting... settings) {
        return new PlatformRules(
                new PlatformName(platform, name),
                content,
                Optional.empty(),
                List.of(settings),
                List.of(),
                source,
                asOf);
    }

    /**
     * A copy with threading.
     *
     * @param mostParts the most parts after the post itself
     * @param ofFirst settings that only the first post can have
     */
    PlatformRules threading(int mostParts, String... ofFirst) {
        return new PlatformRules(
                name, content, Optional.of(ThreadRule.of(mostParts, ofFirst)), settings, apart, source, asOf);
    }

    PlatformRules apart(String one, String other) {
        return new PlatformRules(
                name,
                content,
                thread,
                settings,
                Stream.concat(apart.stream(), Stream.of(List.of(one, other))).toList(),
                source,
                asOf);
    }

    @Override
    public Platform platform() {
        return name.platform();
    }

    @Override
    public List<RuleViolation> check(String text, Map<String, Object> values) {
        var read = new TargetSettings(
                name, values, settings.stream().map(Setting::name).toList());
        settings.forEach(setting -> setting.check(read, name));
        apart.stream().filter(names -> names.stream().allMatch(read::has)).forEach(names -> together(read, names));
        var violations = new ArrayList<RuleViolation>();
        withoutMedia().ifPresent(violations::add);
        violations.addAll(textViolations(text, read));
        violations.addAll(read.violations());
        return violations;
    }

    private Optional<RuleViolation> withoutMedia() {
        return Optional.ofNullable(content.media())
                .map(kind -> name.broken(
                        "media.required",
                        "/media",
                        "%s requires %s, and Carillon does not send media yet. Remove this account from the targets."
                                .formatted(name.written(), kind),
                        1,
                        0,
                        "media"));
    }

    private List<RuleViolation> textViolations(String text, TargetSettings read) {
        if (!Texts.isWellFormed(text)) {
            var message = "The text contains half of a surrogate pair; send well-formed Unicode.";
            return List.of(name.broken("text.unicode", "/text", message, 0, 1, "characters"));
        }
        if (text.isBlank()
                && content.media() == null
                && content.insteadOfWords().stream().noneMatch(read::has)) {
            var message = "The text is empty; a post on %s needs text.".formatted(name.written());
            return List.of(name.broken("text.empty", "/text", message, 1, 0, "characters"));
        }
        return content.limits().stream()
                .map(limit -> tooMuch(limit, text, read))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<RuleViolation> tooMuch(TextLimit limit, String text, TargetSettings read) {
        var others = limit.alsoCounted().stream()
                .filter(setting -> read.value(setting) instanceof String)
                .toList();
        var texts = Stream.concat(Stream.of(text), others.stream().map(setting -> String.valueOf(read.value(setting))))
                .toList();
        var what = others.isEmpty() ? "The text has" : "The text with %s has".formatted(String.join(", ", others));
        return limit.check(name, "text", "/text", what, texts);
    }

    private static void together(TargetSettings read, List<String> names) {
        var message = "Only one of %s is allowed. Remove the other.".formatted(String.join(" and ", names));
        read.refuse("together", names.getLast(), message, 1, names.size(), "settings");
    }
}
