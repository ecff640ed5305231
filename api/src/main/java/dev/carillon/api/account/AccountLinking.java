package dev.carillon.api.account;

import dev.carillon.api.account.CreateAccountRequest.Wanted;
import dev.carillon.core.account.NewAccount;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.platform.Connectors;
import dev.carillon.core.platform.LinksAccounts;
import dev.carillon.core.platform.LinksAccounts.Linking;
import dev.carillon.core.platform.Platform;
import jakarta.inject.Singleton;
import java.util.stream.Collectors;

/** Checks credentials with a platform before anything is stored, outside of any transaction. */
@Singleton
final class AccountLinking {
    private final Connectors connectors;

    AccountLinking(Connectors connectors) {
        this.connectors = connectors;
    }

    /**
     * Checks the credentials with the platform.
     *
     * @throws ApiException {@code platform_not_available}, {@code credential_rejected}, {@code platform_unreachable}, or {@code
     *     invalid_parameter} with the field
     */
    NewAccount link(Mode mode, Wanted wanted) {
        return switch (connector(mode, wanted.platform()).link(wanted.input())) {
            case Linking.Linked(var identity, var credentials) ->
                new NewAccount(wanted.platform(), identity, credentials, wanted.metadata(), wanted.group());
            case Linking.CredentialRejected(var message) ->
                throw ErrorCode.CREDENTIAL_REJECTED.at("/credentials", message);
            case Linking.InputRefused(var field, var message) ->
                throw ErrorCode.INVALID_PARAMETER.at(wanted.inputPointer() + field, message);
            case Linking.Unreachable(var message) -> throw ErrorCode.PLATFORM_UNREACHABLE.because(message);
        };
    }

    private LinksAccounts connector(Mode mode, Platform platform) {
        return connectors
                .find(platform, mode)
                .filter(LinksAccounts.class::isInstance)
                .map(LinksAccounts.class::cast)
                .orElseThrow(() -> notAvailable(mode, platform));
    }

    private ApiException notAvailable(Mode mode, Platform platform) {
        return ErrorCode.PLATFORM_NOT_AVAILABLE.at(
                "/platform",
                "%s cannot be connected in %s mode; available platforms: %s."
                        .formatted(
                                platform.wireName(),
                                mode.livemode() ? "live" : "test",
                                connectors.available(mode).stream()
                                        .map(Platform::wireName)
                                        .sorted()
                                        .collect(Collectors.joining(", "))));
    }
}
