package dev.carillon.app.doctor;

import static dev.carillon.app.doctor.Finding.ok;
import static dev.carillon.app.doctor.Finding.warning;

import java.util.List;

/**
 * Whether the Stripe key looks like one. Stripe itself is not called.
 *
 * @param key never shown
 */
public record StripeCheck(String key) implements Check {
    private static final String SHAPE = "(sk|rk)_(live|test)_[A-Za-z0-9]{8,}";

    @Override
    public List<Finding> run() {
        if (key.isBlank()) {
            return List.of();
        }
        return List.of(
                key.strip().matches(SHAPE)
                        ? ok(
                                "stripe",
                                "the key looks like a %s mode key; Stripe was not called"
                                        .formatted(key.contains("_live_") ? "live" : "test"))
                        : warning(
                                "stripe",
                                "CARILLON_STRIPE_KEY does not look like a secret key, which starts with sk_live_, sk_test_, rk_live_ or rk_test_. Copy it again from Stripe's dashboard."));
    }

    @Override
    public String toString() {
        return "StripeCheck[hidden]";
    }
}
