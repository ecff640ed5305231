package dev.carillon.core.signin;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How often sign-in links may be requested, and how long one is valid; in database time.
 *
 * @param link how long a link is valid
 * @param window period over which requests are counted
 * @param perEmail requests for one e-mail address within the window, from all network addresses; does not apply to
 *     network addresses from which its links were used before
 * @param perEmailAndAddress requests for one e-mail address from one network address within the window
 * @param perAddress requests from one network address within the window; for IPv6, from a block of 2^64 addresses
 */
@ConfigurationProperties("carillon.sign-in")
public record SignInConfig(
        @Bindable(defaultValue = "15m") Duration link,
        @Bindable(defaultValue = "15m") Duration window,
        @Bindable(defaultValue = "20") int perEmail,
        @Bindable(defaultValue = "5") int perEmailAndAddress,
        @Bindable(defaultValue = "30") int perAddress) {}
