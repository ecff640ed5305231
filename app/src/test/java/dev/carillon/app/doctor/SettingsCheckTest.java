package dev.carillon.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.app.doctor.Finding.Level;
import dev.carillon.core.sealing.MasterKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsCheckTest {

    @Test
    void eachVariableThatMakesNoSenseIsFoundAndNotTheFirstAlone() {
        var findings = check(Map.of(
                "CARILLON_SANDBOX_PORT", "eighty",
                "CARILLON_METRICS_PORT", "90000",
                "CARILLON_TRUSTED_PROXIES", "proxy.internal"));

        assertThat(findings).hasSize(3).allMatch(finding -> finding.level() == Level.PROBLEM);
        assertThat(findings)
                .extracting(Finding::text)
                .anyMatch(text -> text.contains("CARILLON_SANDBOX_PORT is not a port: eighty"))
                .anyMatch(text -> text.contains("CARILLON_METRICS_PORT"))
                .anyMatch(text -> text.contains("CARILLON_TRUSTED_PROXIES"));
    }

    @Test
    void aDatabaseWithoutRedisIsAProblem() {
        assertThat(check(Map.of("CARILLON_DATABASE_URL", "postgresql://owner:hush@db/carillon")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.text()).contains("CARILLON_REDIS_URL is not"));
    }

    @Test
    void namedServersNeedAMasterKeyThatIsOne() {
        var servers = Map.of(
                "CARILLON_DATABASE_URL", "postgresql://owner:hush@db/carillon", "CARILLON_REDIS_URL", "redis://redis");

        assertThat(check(servers))
                .extracting(Finding::text)
                .allMatch(text -> text.contains("CARILLON_MASTER_KEY is not"));
        assertThat(check(with(servers, "CARILLON_MASTER_KEY", "aHVzaA==")))
                .extracting(Finding::text)
                .allMatch(text -> text.contains("not a valid master key") && !text.contains("aHVzaA"));
        assertThat(check(with(servers, "CARILLON_MASTER_KEY", MasterKey.generate())))
                .extracting(Finding::level)
                .containsExactly(Level.OK);
    }

    @Test
    void whatIsSetIsListedByNameAlone() {
        var findings = check(Map.of("CARILLON_SANDBOX_SECRET", "hush", "HOME", "/home/ada"));

        assertThat(findings)
                .containsExactly(Finding.ok("settings", "CARILLON_SANDBOX_SECRET"))
                .noneMatch(finding -> finding.text().contains("hush"));
    }

    @Test
    void whatTheApplicationCannotReadIsAProblemToo() {
        var check = new SettingsCheck(Map.of(), List.of("carillon.streams.heartbeat takes a time."));

        assertThat(check.run())
                .containsExactly(Finding.problem("settings", "carillon.streams.heartbeat takes a time."));
    }

    private static List<Finding> check(Map<String, String> environment) {
        return new SettingsCheck(environment, List.of()).run();
    }

    private static Map<String, String> with(Map<String, String> environment, String name, String value) {
        var more = new java.util.HashMap<>(environment);
        more.put(name, value);
        return more;
    }
}
