package dev.carillon.api.post;

import dev.carillon.api.input.JsonObject;
import dev.carillon.core.kernel.AccountGroupId;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.post.NewPost.Audience;
import dev.carillon.core.post.NewPost.BroadTarget;
import dev.carillon.core.post.NewPost.NewTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the targets of a post: each names an account, a group or a platform, and may have its own text, thread and settings. */
final class TargetFields {
    private static final String ACCOUNT = "account_id";
    private static final String GROUP = "account_group_id";
    private static final String PLATFORM = "platform";
    private static final int LONGEST_WORD = 100;
    /** For error messages. */
    static final String EXAMPLE = "{\"account_id\": \"acct_...\"}";

    private TargetFields() {}

    /** Targets that name one account, and targets that name several. */
    record Targets(List<NewTarget> named, List<BroadTarget> broad) {}

    static Targets read(List<JsonObject> targets) {
        var named = new ArrayList<NewTarget>();
        var broad = new ArrayList<BroadTarget>();
        for (int place = 0; place < targets.size(); place++) {
            var target = targets.get(place);
            switch (kindOf(target)) {
                case GROUP -> broad.add(broad(target, new Audience.Group(group(target)), place));
                case PLATFORM -> broad.add(broad(target, new Audience.OnPlatform(platform(target)), place));
                default ->
                    named.add(new NewTarget(
                            account(target), text(target), ThreadFields.read(target), settings(target), place));
            }
        }
        return new Targets(named, broad);
    }

    /** Reads targets for a post that has its accounts already: each names one account. */
    static List<NewTarget> named(List<JsonObject> targets) {
        for (var target : targets) {
            var kind = kindOf(target);
            if (!kind.equals(ACCOUNT)) {
                throw target.invalid(
                        kind,
                        "%s is only for a new post; to change a post, name each account by account_id."
                                .formatted(kind));
            }
        }
        return read(targets).named();
    }

    private static String kindOf(JsonObject target) {
        target.only(Set.of(ACCOUNT, GROUP, PLATFORM, "text", ThreadFields.THREAD, "settings"));
        var kinds = Stream.of(ACCOUNT, GROUP, PLATFORM)
                .filter(kind -> target.value(kind) != null)
                .toList();
        if (kinds.size() > 1) {
            throw target.invalid(
                    kinds.getLast(),
                    "A target takes only one of %s; remove the rest.".formatted(String.join(" and ", kinds)));
        }
        return kinds.isEmpty() ? ACCOUNT : kinds.getFirst();
    }

    private static AccountId account(JsonObject target) {
        var id = target.requiredText(ACCOUNT, LONGEST_WORD, "acct_...");
        return AccountId.KIND.read(id).orElseThrow(() -> noSuch(target, ACCOUNT, "account", id));
    }

    private static AccountGroupId group(JsonObject target) {
        var id = target.requiredText(GROUP, LONGEST_WORD, "grp_...");
        return AccountGroupId.KIND.read(id).orElseThrow(() -> noSuch(target, GROUP, "account group", id));
    }

    private static ApiException noSuch(JsonObject target, String field, String what, String id) {
        return ErrorCode.NOT_FOUND.at(
                target.pointerTo(field), "There is no %s %s in this workspace and mode.".formatted(what, id));
    }

    private static Platform platform(JsonObject target) {
        return target.requiredOneOf(PLATFORM, Platform.values(), Platform::wireName);
    }

    private static BroadTarget broad(JsonObject target, Audience audience, int place) {
        return new BroadTarget(audience, text(target), ThreadFields.read(target), settings(target), place);
    }

    private static @Nullable String text(JsonObject target) {
        return target.text("text", CreatePostRequest.LONGEST_TEXT);
    }

    private static Map<String, Object> settings(JsonObject target) {
        var settings = target.object("settings", "{\"visibility\": \"unlisted\"}");
        return settings == null ? Map.of() : settings.present();
    }
}
