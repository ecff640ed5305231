package dev.carillon.core.member;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How invitations are mailed, in database time.
 *
 * @param lasts how long one can be accepted after its newest mail
 * @param pause what has to pass before a mail is sent to the same address again
 * @param perDay mails of one workspace within a day
 * @param perAddress mails to one address within a day, of all workspaces together
 * @param perAddressAndWorkspace mails of one workspace to one address within a day, so that none takes the room of all others
 */
@ConfigurationProperties("carillon.invitations")
public record InvitationConfig(
        @Bindable(defaultValue = "7d") Duration lasts,
        @Bindable(defaultValue = "1m") Duration pause,
        @Bindable(defaultValue = "200") int perDay,
        @Bindable(defaultValue = "10") int perAddress,
        @Bindable(defaultValue = "5") int perAddressAndWorkspace) {}
