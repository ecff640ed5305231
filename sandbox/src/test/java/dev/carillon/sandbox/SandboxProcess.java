package dev.carillon.sandbox;

import java.time.Clock;
import java.util.concurrent.CountDownLatch;

/** The platform in a separate process that a test kills; prints its address and serves until then. */
final class SandboxProcess {
    private SandboxProcess() {}

    public static void main(String[] store) throws InterruptedException {
        var config = new SandboxConfig(
                0,
                null,
                new SandboxConfig.Store(store[0], store[1], store[2], 4),
                SandboxClient.SECRET,
                Clock.systemUTC());
        try (var server = SandboxServer.start(config)) {
            System.out.println(server.url());
            new CountDownLatch(1).await();
        }
    }
}
