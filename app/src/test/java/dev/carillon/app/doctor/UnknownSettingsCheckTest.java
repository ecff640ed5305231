package dev.carillon.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnknownSettingsCheckTest {
    private static final Set<String> KNOWN =
            Set.of("CARILLON_DATABASE_URL", "CARILLON_WEBHOOKS_TIMEOUT", "CARILLON_WEBHOOKS_RETRIES");

    @Test
    void aTypingErrorIsFoundWithTheNearestSetting() {
        assertThat(check("CARILLON_DATABSE_URL", "CARILLON_WEBHOOK_TIMEOUT"))
                .containsExactly(
                        "CARILLON_DATABSE_URL is not a setting and is ignored. Did you mean CARILLON_DATABASE_URL?",
                        "CARILLON_WEBHOOK_TIMEOUT is not a setting and is ignored. Did you mean CARILLON_WEBHOOKS_TIMEOUT?");
    }

    @Test
    void aNameLikeNoSettingIsFoundWithoutAGuess() {
        assertThat(check("CARILLON_COLOUR_OF_THE_BELLS"))
                .singleElement()
                .asString()
                .contains("is ignored")
                .doesNotContain("Did you mean");
    }

    @Test
    void whatIsReadSomewhereIsNoTypingError() {
        assertThat(check(
                        "HOME",
                        "CARILLON_DATABASE_URL",
                        "CARILLON_WEBHOOKS_RETRIES_0",
                        "CARILLON_JAVA_OPTS",
                        "CARILLON_LOG_LEVEL",
                        "CARILLON_TEST_CONTAINERS",
                        "CARILLON_OIDC_ACME_CLIENT_SECRET"))
                .isEmpty();
    }

    private static List<String> check(String... set) {
        return new UnknownSettingsCheck(List.of(set), KNOWN)
                .run().stream().map(Finding::text).toList();
    }
}
