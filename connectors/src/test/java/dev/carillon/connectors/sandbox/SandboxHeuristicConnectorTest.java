package dev.carillon.connectors.sandbox;

import dev.carillon.connectors.FixedClocks;
import dev.carillon.connectors.GuardedHttp;
import dev.carillon.connectors.PlatformConnectorContract;
import dev.carillon.connectors.Requests;
import dev.carillon.connectors.rules.PostFingerprint;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.platform.Checkpoint;
import dev.carillon.core.platform.ConnectedAccount;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.PlatformConnector;

/** The connector for a simulated network where posts can only be recognized by their text. */
class SandboxHeuristicConnectorTest extends PlatformConnectorContract {
    @Override
    protected PlatformConnector connector(GuardedHttp http, String url) {
        return SandboxConnectorTest.connectorTo(http, url);
    }

    @Override
    protected ConnectedAccount account(String url) {
        return Requests.account(Platform.X, Mode.TEST, "alice", null);
    }

    @Override
    protected String acceptance() {
        return "{\"id\":\"17\",\"url\":\"http://127.0.0.1:8090/p/abc\",\"created_at\":\"2026-11-22T12:00:00Z\"}";
    }

    @Override
    protected Checkpoint checkpoint() {
        return PostFingerprint.of("All bells ring at noon.", null, FixedClocks.NOON)
                .checkpoint();
    }

    @Override
    protected String refusalSaying(String words) {
        return "{\"error\":{\"code\":\"invalid_field\",\"message\":\"%s\"}}".formatted(words);
    }
}
