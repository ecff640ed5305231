package dev.carillon.core.platform;

import dev.carillon.core.kernel.Mode;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the connector that serves a platform in a mode. In test mode the sandbox simulates all platforms. */
@Singleton
public class Connectors {
    private final List<PlatformConnector> connectors;

    public Connectors(List<PlatformConnector> connectors) {
        this.connectors = List.copyOf(connectors);
    }

    public Optional<PlatformConnector> find(Platform platform, Mode mode) {
        return connectors.stream()
                .filter(connector -> connector.serves(mode).contains(platform))
                .findFirst();
    }

    /** The connector of an existing account. An existing account always has one. */
    public PlatformConnector get(ConnectedAccount account) {
        return find(account.platform(), account.mode())
                .orElseThrow(() -> new IllegalStateException("no connector for " + account.platform()));
    }

    public Set<Platform> available(Mode mode) {
        return connectors.stream()
                .flatMap(connector -> connector.serves(mode).stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
