package dev.carillon.connectors;

import dev.carillon.connectors.http.JsonHttp;
import dev.carillon.core.net.OutboundUrls;
import io.micronaut.context.ApplicationContext;
import java.util.Map;

/** The real guarded client, wired as in production, with single loopback servers allowed as an operator would. */
public final class GuardedHttp implements AutoCloseable {
    private final ApplicationContext context;

    private GuardedHttp(ApplicationContext context) {
        this.context = context;
    }

    /** Allows each {@code host:port} as a platform, and the first of them as the sandbox. */
    public static GuardedHttp opening(String... hostAndPort) {
        return new GuardedHttp(ApplicationContext.builder()
                .deduceEnvironment(false)
                .banner(false)
                .properties(Map.of(
                        "carillon.outbound.allow",
                        String.join(",", hostAndPort),
                        "carillon.outbound.sandbox",
                        hostAndPort[0]))
                .start());
    }

    public JsonHttp json() {
        return context.getBean(JsonHttp.class);
    }

    public OutboundUrls urls() {
        return context.getBean(OutboundUrls.class);
    }

    @Override
    public void close() {
        context.close();
    }
}
