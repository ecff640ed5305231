package dev.carillon.app.bench.limits;

import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/** The same client for all candidates, with as many threads and connections as Carillon's own. */
final class Redis {
    private Redis() {}

    static RedissonClient connect(String url) {
        var settings = new Config();
        settings.setThreads(1);
        settings.setNettyThreads(1);
        settings.useSingleServer()
                .setAddress(url)
                .setConnectionMinimumIdleSize(4)
                .setConnectionPoolSize(4)
                .setSubscriptionConnectionMinimumIdleSize(1)
                .setSubscriptionConnectionPoolSize(1);
        return Redisson.create(settings);
    }
}
