package dev.carillon.core.pacing;

import java.time.Duration;

/**
 * A workspace's rule for late posts that have no rule of their own.
 *
 * @param grace how late a post may still be published
 * @param misfirePolicy the misfire policy: what happens to a post after that
 * @param perAccountHour how many posts that are more than five minutes late are published on an account within any
 *     hour, from 1 to 10,000
 */
public record LateRule(Duration grace, MisfirePolicy misfirePolicy, int perAccountHour) {
    public static final int MOST_PER_ACCOUNT_HOUR = 10_000;
}
