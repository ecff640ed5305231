package dev.carillon.core.usage;

import dev.carillon.core.kernel.Money;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.workspace.Plan;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;

/** What a publication costs: the plan's fee, and what the platform charges for the call. The only place that knows prices. */
@Singleton
public class PriceList {
    // X's pay-per-use prices of 2026: a created post, and a created post that holds a link.
    private static final Money X_POST = Money.usdMicros(15_000);
    private static final Money X_POST_WITH_LINK = Money.usdMicros(200_000);
    private static final Pattern LINK = Pattern.compile("https?://\\S", Pattern.CASE_INSENSITIVE);

    public Money costOf(Plan plan, Platform platform, String text) {
        return platform == Platform.X
                ? plan.fee().plus(LINK.matcher(text).find() ? X_POST_WITH_LINK : X_POST)
                : plan.fee();
    }
}
