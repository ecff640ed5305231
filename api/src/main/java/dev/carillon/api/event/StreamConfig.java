package dev.carillon.api.event;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.convert.format.ReadableBytes;
import java.time.Duration;

/**
 * Bounds of streams.
 *
 * @param heartbeat how long a stream is silent before a comment is sent
 * @param buffer bytes that wait for one reader; who lets more wait is behind, and catches up
 * @param stall how long a reader who is behind may take nothing before they are cut
 * @param perKey open streams of one key in one process
 * @param perProcess open streams of one process
 */
@ConfigurationProperties("carillon.streams")
record StreamConfig(
        @Bindable(defaultValue = "15s") Duration heartbeat,
        @Bindable(defaultValue = "256KB") @ReadableBytes int buffer,
        @Bindable(defaultValue = "10s") Duration stall,
        @Bindable(defaultValue = "100") int perKey,
        @Bindable(defaultValue = "5000") int perProcess) {}
