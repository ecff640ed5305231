package dev.carillon.core.pacing;

import java.time.Duration;

/**
 * What a workspace does with late posts, where they do not say so themselves.
 *
 * @param grace how late a post may still go out
 * @param onMissed what becomes of it after that
 * @param perAccountHour how many posts that are late by more than five minutes go out on an account within any hour, from 1 to 10,000
 */
public record LateRule(Duration grace, OnMissed onMissed, int perAccountHour) {
    public static final int MOST_PER_ACCOUNT_HOUR = 10_000;
}
