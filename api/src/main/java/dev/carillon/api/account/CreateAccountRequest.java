package dev.carillon.api.account;

import dev.carillon.api.input.Example;
import dev.carillon.api.input.Limits;
import dev.carillon.api.input.Metadata;
import dev.carillon.api.input.MetadataField;
import dev.carillon.api.input.ReadAs;
import dev.carillon.api.input.SafeQuote;
import dev.carillon.api.input.Words;
import dev.carillon.core.kernel.AccountGroupId;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.platform.Platform;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An account to connect. In test mode, a username is enough for any platform; in live mode, send what the platform asks for.
 *
 * @param platform the platform's name in lower case, for example {@code bluesky}
 * @param username the account's user name, in test mode
 * @param credentials how to sign in, in live mode; for bluesky {@code pds_url}, {@code identifier} and {@code app_password}
 * @param accessExpiresAt when access to the account ends, in test mode; from then on its posts are refused with {@code auth_expired}
 * @param accountGroupId the group to put the account into; if you omit it, a new account goes to the default group, and a known account
 *     stays in its group
 * @param metadata your own data: up to 50 keys of at most 40 characters, with values of at most 500 characters
 */
@Wire
@Schema(requiredProperties = "platform")
record CreateAccountRequest(
        @ReadAs(Platform.class) String platform,

        @Nullable
        @Limits(most = CreateAccountRequest.LONGEST_NAME)
        @Example(CreateAccountRequest.USERNAME_EXAMPLE)
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        String username,

        @Nullable
        @Limits(most = CreateAccountRequest.LONGEST_CREDENTIAL)
        @Example("{\"identifier\": \"...\", \"app_password\": \"...\"}")
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Map<String, String> credentials,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Instant accessExpiresAt,

        @Nullable @ReadAs(AccountGroupId.class) @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        String accountGroupId,

        @Nullable @MetadataField @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Map<String, String> metadata) {
    static final int LONGEST_NAME = 300;
    static final int LONGEST_CREDENTIAL = 4_000;
    static final String USERNAME_EXAMPLE = "ada";
    private static final String ACCESS_EXPIRES_AT = "access_expires_at";

    /**
     * The request, read and checked for its shape.
     *
     * @param input what the platform's connector receives, by the names of the public API
     * @param inputPointer JSON pointer to the input's fields in the body
     */
    record Wanted(
            Platform platform,
            Map<String, String> input,
            String inputPointer,
            Map<String, Object> metadata,
            @Nullable AccountGroupId group) {
        /** Keeps credentials out of logs. */
        @Override
        public String toString() {
            return "Wanted[" + platform + "]";
        }
    }

    /** What the request asks for in this mode; refuses fields of the other mode. */
    Wanted toWanted(Mode mode) {
        return new Wanted(
                Words.named(Platform.class, platform),
                mode.livemode() ? liveInput() : testInput(),
                mode.livemode() ? "/credentials/" : "/",
                Metadata.of(metadata),
                accountGroupId == null
                        ? null
                        : AccountGroupId.KIND.read(accountGroupId).orElseThrow());
    }

    private Map<String, String> liveInput() {
        if (username != null) {
            throw refused("username", "username is for test mode only; connect a live account with credentials.");
        }
        if (accessExpiresAt != null) {
            throw refused(
                    ACCESS_EXPIRES_AT,
                    "access_expires_at is for test mode only; remove it. The platform sets when access to a live account ends.");
        }
        if (credentials == null) {
            return Map.of();
        }
        credentials.forEach((name, value) -> {
            if (value.isEmpty()) {
                throw refused(
                        "credentials/" + name.replace("~", "~0").replace("/", "~1"),
                        "%s is empty; send its value, or leave it out.".formatted(SafeQuote.of(name)));
            }
        });
        return credentials;
    }

    private Map<String, String> testInput() {
        if (credentials != null) {
            throw refused("credentials", "Test mode needs no credentials; send only a username.");
        }
        if (username == null || username.isEmpty()) {
            throw refused(
                    "username",
                    "username is required and must not be empty; send a string, such as \"%s\"."
                            .formatted(USERNAME_EXAMPLE));
        }
        return accessExpiresAt == null
                ? Map.of("username", username)
                : Map.of("username", username, ACCESS_EXPIRES_AT, accessExpiresAt.toString());
    }

    private static ApiException refused(String field, String detail) {
        return ErrorCode.INVALID_PARAMETER.at("/" + field, detail);
    }

    /** Keeps credentials out of logs. */
    @Override
    public String toString() {
        return "CreateAccountRequest[" + platform + "]";
    }
}
