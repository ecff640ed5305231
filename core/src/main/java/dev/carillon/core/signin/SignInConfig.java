package dev.carillon.core.signin;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How often links to sign in with may be asked for, and how long one counts; in database time.
 *
 * @param link how long a link counts
 * @param window over which requests are counted
 * @param perEmail requests for one e-mail address within the window, from wherever; from where its links were used before it does not count
 * @param perEmailAndAddress requests for one e-mail address from one network address within the window
 * @param perAddress requests from one network address within the window; a block of 2^64 for IPv6
 */
@ConfigurationProperties("carillon.sign-in")
public record SignInConfig(
        @Bindable(defaultValue = "15m") Duration link,
        @Bindable(defaultValue = "15m") Duration window,
        @Bindable(defaultValue = "20") int perEmail,
        @Bindable(defaultValue = "5") int perEmailAndAddress,
        @Bindable(defaultValue = "30") int perAddress) {}
