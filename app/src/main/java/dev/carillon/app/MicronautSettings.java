package dev.carillon.app;

import dev.carillon.app.settings.DatabaseLogin;
import dev.carillon.app.settings.Settings;
import dev.carillon.app.settings.StartRefused;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.ApplicationContextConfiguration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects the keys that the launcher sets, and starts Micronaut with them. All other keys are in
 * {@code application.yml}.
 */
final class MicronautSettings {
    private final Map<String, Object> properties = new HashMap<>();
    private final List<Object> beans = new ArrayList<>();

    MicronautSettings(Stores stores) {
        properties.put("carillon.master-key", stores.masterKey());
        if (stores.redisUrl() != null) {
            properties.put("carillon.redis.url", stores.redisUrl());
        }
    }

    /** Passes on only the logins that a role uses: a process cannot leak what it does not know. */
    MicronautSettings logins(Role role, Stores stores) {
        if (role.worksInsideWorkspaces()) {
            login("app", stores.app());
        }
        if (role.worksAcrossWorkspaces()) {
            login("dispatch", stores.dispatch());
        }
        return this;
    }

    MicronautSettings http(String host, int port) {
        properties.put("micronaut.server.host", host);
        properties.put("micronaut.server.port", port);
        return this;
    }

    MicronautSettings sandbox(SandboxPart sandbox) {
        properties.put("carillon.sandbox.url", sandbox.url().toString());
        properties.put("carillon.sandbox.secret", sandbox.secret());
        properties.put("carillon.outbound.sandbox", sandbox.url().getAuthority());
        return this;
    }

    MicronautSettings metrics(ProcessMetrics metrics) {
        properties.put("carillon.metrics.enabled", true);
        beans.add(metrics.registry());
        return this;
    }

    MicronautSettings outbound(List<String> allow, List<Integer> ownPorts) {
        properties.put("carillon.outbound.allow", allow);
        properties.put("carillon.outbound.own-ports", ownPorts);
        return this;
    }

    private void login(String name, @Nullable DatabaseLogin login) {
        if (login != null) {
            properties.put("carillon.database.%s-url".formatted(name), login.jdbcUrl());
            properties.put("carillon.database.%s-user".formatted(name), login.user());
            properties.put("carillon.database.%s-password".formatted(name), login.password());
        }
    }

    ApplicationContext start() {
        return builder().properties(properties).singletons(beans.toArray()).start();
    }

    /**
     * Checks the operator's settings before anything is started with them.
     *
     * @throws StartRefused for invalid settings
     */
    static void check() {
        try (var settings = read()) {
            var problems = settings.problems();
            if (!problems.isEmpty()) {
                throw new StartRefused(String.join(System.lineSeparator(), problems));
            }
        }
    }

    /** Reads only the application's settings. */
    static ApplicationSettings read() {
        return ApplicationSettings.read((ApplicationContextConfiguration) builder());
    }

    private static ApplicationContextBuilder builder() {
        return ApplicationContext.builder()
                .mainClass(Carillon.class)
                .banner(false)
                .deduceEnvironment(false)
                .deduceCloudEnvironment(false)
                .bootstrapEnvironment(false)
                .environmentVariableIncludes(passedOn());
    }

    /**
     * Other {@code CARILLON_…} variables set keys of {@code application.yml}; variables of other programs have no
     * effect here.
     */
    private static String[] passedOn() {
        return System.getenv().keySet().stream()
                .filter(name -> name.startsWith("CARILLON_") && !Settings.READ_HERE.contains(name))
                .toArray(String[]::new);
    }
}
