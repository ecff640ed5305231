package dev.carillon.api.event;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.convert.format.ReadableBytes;
import java.time.Duration;

/**
 * Limits of streams.
 *
 * @param heartbeat how long a stream is silent before a comment is sent
 * @param buffer bytes that may wait for one reader; a reader for whom more would wait is behind, and catches up
 * @param stall how long a reader that is behind may take nothing before it is disconnected
 * @param perKey open streams of one key or member in one process
 * @param perProcess open streams of one process
 */
@ConfigurationProperties("carillon.streams")
record StreamConfig(
        @Bindable(defaultValue = "15s") Duration heartbeat,
        @Bindable(defaultValue = "256KB") @ReadableBytes int buffer,
        @Bindable(defaultValue = "10s") Duration stall,
        @Bindable(defaultValue = "100") int perKey,
        @Bindable(defaultValue = "5000") int perProcess) {}
