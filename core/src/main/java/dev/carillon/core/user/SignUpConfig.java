package dev.carillon.core.user;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * Who is let in for the first time.
 *
 * @param signUp invited or open
 */
@ConfigurationProperties("carillon")
public record SignUpConfig(
        @Bindable(defaultValue = "invited") SignUp signUp) {}
