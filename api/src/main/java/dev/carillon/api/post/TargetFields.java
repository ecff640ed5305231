package dev.carillon.api.post;

import dev.carillon.api.input.Words;
import dev.carillon.api.post.CreatePostRequest.Target;
import dev.carillon.core.kernel.AccountGroupId;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Id;
import dev.carillon.core.kernel.IdKind;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.post.NewPost.Audience;
import dev.carillon.core.post.NewPost.BroadTarget;
import dev.carillon.core.post.NewPost.NewTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the targets of a post: each names an account, a group or a platform, and may have its own text, thread and settings. */
final class TargetFields {
    private static final String ACCOUNT = "account_id";
    private static final String GROUP = "account_group_id";
    private static final String PLATFORM = "platform";

    private TargetFields() {}

    /** Targets that name one account, and targets that name several. */
    record Targets(List<NewTarget> named, List<BroadTarget> broad) {}

    static Targets read(List<Target> targets) {
        var named = new ArrayList<NewTarget>();
        var broad = new ArrayList<BroadTarget>();
        for (int place = 0; place < targets.size(); place++) {
            var target = targets.get(place);
            var audience = audience(target, place);
            if (audience == null) {
                named.add(named(target, place));
            } else {
                broad.add(new BroadTarget(
                        audience, target.text(), ThreadFields.parts(target.thread()), settings(target), place));
            }
        }
        return new Targets(named, broad);
    }

    /** Reads targets for a post that has its accounts already: each names one account. */
    static List<NewTarget> named(List<Target> targets) {
        for (int place = 0; place < targets.size(); place++) {
            var kind = kindOf(targets.get(place), place);
            if (!kind.equals(ACCOUNT)) {
                throw invalid(
                        place,
                        kind,
                        "%s is only for a new post; to change a post, name each account by account_id."
                                .formatted(kind));
            }
        }
        return read(targets).named();
    }

    /** The accounts that a target stands for; null if it names one account. */
    private static @Nullable Audience audience(Target target, int place) {
        kindOf(target, place);
        if (target.accountGroupId() != null) {
            return new Audience.Group(id(target.accountGroupId(), AccountGroupId.KIND, place, GROUP, "account group"));
        }
        return target.platform() == null
                ? null
                : new Audience.OnPlatform(Words.named(Platform.class, target.platform()));
    }

    private static NewTarget named(Target target, int place) {
        if (target.accountId() == null) {
            throw invalid(
                    place,
                    ACCOUNT,
                    "account_id is required and must not be empty; send a string, such as \"acct_...\".");
        }
        return new NewTarget(
                id(target.accountId(), AccountId.KIND, place, ACCOUNT, "account"),
                target.text(),
                ThreadFields.parts(target.thread()),
                settings(target),
                place);
    }

    /** The field by which a target says where it goes; refuses a second one. */
    private static String kindOf(Target target, int place) {
        var kinds = new ArrayList<String>();
        if (target.accountId() != null) {
            kinds.add(ACCOUNT);
        }
        if (target.accountGroupId() != null) {
            kinds.add(GROUP);
        }
        if (target.platform() != null) {
            kinds.add(PLATFORM);
        }
        if (kinds.size() > 1) {
            throw invalid(
                    place,
                    kinds.getLast(),
                    "A target takes only one of %s; remove the rest.".formatted(String.join(" and ", kinds)));
        }
        return kinds.isEmpty() ? ACCOUNT : kinds.getFirst();
    }

    private static <T extends Id> T id(String text, IdKind<T> kind, int place, String field, String what) {
        return kind.read(text)
                .orElseThrow(() -> ErrorCode.NOT_FOUND.at(
                        pointer(place, field), "There is no %s %s in this workspace and mode.".formatted(what, text)));
    }

    private static Map<String, Object> settings(Target target) {
        return target.settings() == null ? Map.of() : target.settings();
    }

    private static ApiException invalid(int place, String field, String detail) {
        return ErrorCode.INVALID_PARAMETER.at(pointer(place, field), detail);
    }

    private static String pointer(int place, String field) {
        return "/targets/%d/%s".formatted(place, field);
    }
}
