package dev.carillon.core.pacing;

import java.util.UUID;

/** One window of one owner, an identity or an app. */
record BudgetKey(UUID owner, int windowSeconds) {}
