package dev.carillon.core.user;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * Who may sign up.
 *
 * @param signUp invited or open
 */
@ConfigurationProperties("carillon")
public record SignUpConfig(
        @Bindable(defaultValue = "invited") SignUp signUp) {}
