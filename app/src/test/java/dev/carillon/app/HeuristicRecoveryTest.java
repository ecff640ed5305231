package dev.carillon.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.database.Sql;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.platform.Connectors;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.RecoveryCapability;
import dev.carillon.core.testing.TestCarillon;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A platform that is found by text and missing in one of the lists would report the post of another publication as its own: a post that was
 * never sent would read as published.
 */
class HeuristicRecoveryTest {
    private static final Pattern NAME = Pattern.compile("'([a-z_]+)'");

    @Test
    void connectorsListAndIndexNameTheSamePlatforms() {
        try (var carillon = TestCarillon.start(Map.of())) {
            var connectors = carillon.bean(Connectors.class);
            var heuristic = Stream.of(Platform.values())
                    .filter(platform -> Stream.of(Mode.values())
                            .flatMap(mode -> connectors.find(platform, mode).stream())
                            .anyMatch(connector ->
                                    connector.recoveryCapability(platform) == RecoveryCapability.HEURISTIC_LOOK_UP))
                    .toList();
            var index = carillon.bean(Transactions.class).acrossWorkspaces(() -> carillon.bean(Sql.class)
                    .of("SELECT indexdef FROM pg_indexes WHERE indexname = 'publication_shown_post'")
                    .one(row -> row.text("indexdef")));

            assertThat(Platform.FOUND_BY_TEXT).containsExactlyInAnyOrderElementsOf(heuristic);
            assertThat(NAME.matcher(index).results().map((MatchResult name) -> name.group(1)))
                    .containsExactlyInAnyOrderElementsOf(
                            heuristic.stream().map(Platform::wireName).toList());
        }
    }
}
