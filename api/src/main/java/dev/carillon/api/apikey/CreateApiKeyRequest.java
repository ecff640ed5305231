package dev.carillon.api.apikey;

import dev.carillon.api.input.Example;
import dev.carillon.api.input.Limits;
import dev.carillon.api.input.Metadata;
import dev.carillon.api.input.MetadataField;
import dev.carillon.api.input.ReadAs;
import dev.carillon.core.apikey.NewApiKey;
import dev.carillon.core.auth.AccountBounds;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.kernel.AccountGroupId;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.AgentId;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Id;
import dev.carillon.core.kernel.IdKind;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.net.address.AddressBlocks;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A key to create.
 *
 * @param name a display name, 1 to 100 characters
 * @param scopes what the key may do; only scopes that the key of this request has
 * @param mode live or test; it must be the mode of the key of this request, so you rarely need to send it
 * @param agentId the agent that owns the key; a key of an agent can create keys for that agent only
 * @param allowedAddresses up to 50 addresses and blocks that the key may be used from, such as {@code 203.0.113.0/24}; by default those of
 *     the key of this request
 * @param accountIds the accounts that the key is restricted to: it reaches these and the accounts in the account groups, and nothing else;
 *     up to 100 in both lists together. If you omit both lists, the key is restricted like the key of this request
 * @param accountGroupIds the account groups that the key is restricted to
 * @param expiresAt when the key expires, no later than the key of this request
 * @param rateLimit the key's own limit over all of its requests, in addition to the limits of the plan; no higher than that of the key of
 *     this request, whose limit is the default
 * @param metadata your own data: up to 50 keys of at most 40 characters, with values of at most 500 characters
 */
@Wire
@Schema(requiredProperties = {"name", "scopes"})
record CreateApiKeyRequest(
        @Limits(least = 1, most = CreateApiKeyRequest.LONGEST_NAME) @Example("Production")
        String name,

        @Example("posts.read") List<String> scopes,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        ModeWord mode,

        @Nullable @ReadAs(AgentId.class) @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        String agentId,

        @Nullable
        @Limits(most = CreateApiKeyRequest.MOST_BLOCKS)
        @Example("203.0.113.0/24")
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        List<String> allowedAddresses,

        @Nullable @ReadAs(AccountId.class) @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        List<String> accountIds,

        @Nullable @ReadAs(AccountGroupId.class) @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        List<String> accountGroupIds,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Instant expiresAt,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        RateLimitView rateLimit,

        @Nullable @MetadataField @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Map<String, String> metadata) {
    static final int LONGEST_NAME = 100;
    static final int MOST_BLOCKS = 50;
    private static final int LONGEST_WORD = 100;
    private static final int MOST_BOUNDS = 100;

    /**
     * The key to create.
     *
     * @param creatorsMode the only mode that the request may name
     */
    NewApiKey toNewKey(Mode creatorsMode) {
        refuseOtherMode(creatorsMode);
        return new NewApiKey(
                name,
                scopeSet(),
                agentId == null ? null : AgentId.KIND.read(agentId).orElseThrow(),
                addressBlocks(),
                bounds(),
                expiresAt,
                rateLimit == null ? null : rateLimit.toRate(),
                Metadata.of(metadata));
    }

    private void refuseOtherMode(Mode creatorsMode) {
        if (mode != null && mode.toMode() != creatorsMode) {
            var own = creatorsMode.livemode() ? "live" : "test";
            throw ErrorCode.MODE_MISMATCH.at(
                    "/mode",
                    "A %s key can create only %s keys; use a %s key."
                            .formatted(own, own, creatorsMode.livemode() ? "test" : "live"));
        }
    }

    private AccountBounds bounds() {
        if (accountIds == null && accountGroupIds == null) {
            return AccountBounds.unbound();
        }
        var bounds =
                new AccountBounds.Within(ids(accountIds, AccountId.KIND), ids(accountGroupIds, AccountGroupId.KIND));
        if (bounds.ids().isEmpty()) {
            throw refused(
                    "/account_ids",
                    "account_ids and account_group_ids are empty, so the key could use no account; name at least one, or leave both out.");
        }
        if (bounds.ids().size() > MOST_BOUNDS) {
            throw refused(
                    "/account_ids",
                    "account_ids and account_group_ids have %d entries; at most %d are allowed. Put the accounts into groups."
                            .formatted(bounds.ids().size(), MOST_BOUNDS));
        }
        return bounds;
    }

    private static <T extends Id> Set<T> ids(@Nullable List<String> texts, IdKind<T> kind) {
        return texts == null
                ? Set.of()
                : texts.stream().map(text -> kind.read(text).orElseThrow()).collect(Collectors.toUnmodifiableSet());
    }

    private Set<Scope> scopeSet() {
        if (scopes.isEmpty()) {
            throw refused("/scopes", "scopes is required; send at least one of %s.".formatted(all()));
        }
        var found = EnumSet.noneOf(Scope.class);
        for (int i = 0; i < scopes.size(); i++) {
            var wanted = scopes.get(i);
            found.add(Scope.named(wanted).orElseThrow(unknown("/scopes/" + i, wanted)));
        }
        return found;
    }

    private static Supplier<RuntimeException> unknown(String pointer, String scope) {
        return () -> refused(pointer, "There is no scope %s; the scopes are %s.".formatted(shortened(scope), all()));
    }

    private static String shortened(String text) {
        return text.length() > LONGEST_WORD ? text.substring(0, LONGEST_WORD) + "..." : text;
    }

    private static String all() {
        return Arrays.stream(Scope.values()).map(Scope::wireName).sorted().collect(Collectors.joining(", "));
    }

    private AddressBlocks addressBlocks() {
        var texts = allowedAddresses == null ? List.<String>of() : allowedAddresses;
        try {
            return AddressBlocks.parse(
                    texts.stream().map(CreateApiKeyRequest::shortened).toList());
        } catch (IllegalArgumentException e) {
            throw refused(
                    "/allowed_addresses",
                    "%s; send a value such as 203.0.113.7, 203.0.113.0/24 or 2001:db8::/32.".formatted(e.getMessage()));
        }
    }

    private static ApiException refused(String pointer, String detail) {
        return ErrorCode.INVALID_PARAMETER.at(pointer, detail);
    }
}
