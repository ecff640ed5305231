package dev.carillon.core.member;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * Limits for invitation mails, in database time.
 *
 * @param lasts how long an invitation can be accepted after its newest mail
 * @param pause minimum time between two mails to the same address
 * @param perDay mails of one workspace per day
 * @param perAddress mails to one address per day, over all workspaces
 * @param perAddressAndWorkspace mails of one workspace to one address per day, so that no workspace uses up the
 *     address's limit for all others
 */
@ConfigurationProperties("carillon.invitations")
public record InvitationConfig(
        @Bindable(defaultValue = "7d") Duration lasts,
        @Bindable(defaultValue = "1m") Duration pause,
        @Bindable(defaultValue = "200") int perDay,
        @Bindable(defaultValue = "10") int perAddress,
        @Bindable(defaultValue = "5") int perAddressAndWorkspace) {}
