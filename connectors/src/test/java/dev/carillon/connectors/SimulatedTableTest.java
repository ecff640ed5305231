package dev.carillon.connectors;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.connectors.rules.PublishWindows;
import dev.carillon.connectors.sandbox.SandboxConnector;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.PublishWindow;
import dev.carillon.core.platform.PublishWindow.Owner;
import dev.carillon.core.platform.RuleViolation;
import dev.carillon.core.usage.PriceList;
import dev.carillon.core.workspace.Plan;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Compares what {@code docs/sandbox.md} says about each simulated platform with the simulation. */
class SimulatedTableTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "sandbox.md");
    private static final String HEADER = "| Platform |";

    /** Exceeds every limit that any platform has. */
    private static final String TOO_MUCH = "x".repeat(100_001) + " $A $B" + " #a".repeat(31) + " @a".repeat(31) + " <"
            + " http://1.io http://2.io http://3.io http://4.io http://5.io http://6.io";

    private static final Plan WITHOUT_FEE = new Plan("free", "Free", 0, "usd", 1, 1, 1, 1, 1);

    private static ApplicationContext context;
    private static SandboxConnector connector;

    @BeforeAll
    static void start() {
        context = ConnectorsTest.context();
        connector = context.getBean(SandboxConnector.class);
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @Test
    void theTableSaysWhatIsSimulated() throws IOException {
        try (var lines = Files.lines(DOCUMENT)) {
            assertThat(lines.dropWhile(line -> !line.startsWith(HEADER))
                            .skip(2)
                            .takeWhile(line -> line.startsWith("|")))
                    .containsExactlyElementsOf(Arrays.stream(Platform.values())
                            .map(SimulatedTableTest::row)
                            .toList());
        }
    }

    private static String row(Platform platform) {
        var violations = connector.check(platform, TOO_MUCH, Map.of());
        var ofText = violations.stream()
                .filter(violation -> violation.pointer().equals("/text"))
                .toList();
        var needs = violations.stream()
                .filter(violation -> violation.limit() == 1 && violation.actual() == 0)
                .map(violation -> violation.pointer().replaceFirst(".*/", ""))
                .collect(joining(" · "));
        return Arrays.asList(
                        "`%s`".formatted(platform.wireName()),
                        cell(ofText, violation -> "%,d".formatted(violation.limit())),
                        cell(ofText, RuleViolation::unit),
                        needs,
                        thread(platform),
                        connector
                                .recoveryCapability(platform)
                                .name()
                                .toLowerCase(Locale.ROOT)
                                .replace('_', ' '),
                        PublishWindows.of(platform).stream()
                                .map(SimulatedTableTest::window)
                                .collect(joining(", ")),
                        price(platform))
                .stream()
                .collect(joining(" | ", "| ", " |"))
                .replace("  |", " |");
    }

    /** The most parts of a thread, read from the violation of a thread that is far too long. */
    private static String thread(Platform platform) {
        return connector.checkThread(platform, Collections.nCopies(100, "hello"), Map.of()).stream()
                .filter(violation -> violation.unit().equals("parts") && violation.limit() > 0)
                .map(violation -> "%,d".formatted(violation.limit()))
                .collect(joining(" · "));
    }

    private static String cell(List<RuleViolation> violations, Function<RuleViolation, String> said) {
        return violations.isEmpty() ? "none" : violations.stream().map(said).collect(joining(" · "));
    }

    private static String window(PublishWindow window) {
        return "%,d in %s%s"
                .formatted(window.posts(), length(window.length()), window.owner() == Owner.APP ? " for the app" : "");
    }

    private static String length(Duration length) {
        return length.toHours() == 0 ? length.toMinutes() + " min" : length.toHours() + " h";
    }

    private static String price(Platform platform) {
        var plain = dollars(platform, "hello");
        var link = dollars(platform, "https://carillon.dev");
        return plain.equals(link) ? plain : "%s, with a link %s".formatted(plain, link);
    }

    private static String dollars(Platform platform, String text) {
        var micros = new PriceList().costOf(WITHOUT_FEE, platform, text).amountMicros();
        return BigDecimal.valueOf(micros, 6).stripTrailingZeros().toPlainString();
    }
}
