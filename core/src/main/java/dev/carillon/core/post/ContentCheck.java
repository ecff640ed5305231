package dev.carillon.core.post;

import static dev.carillon.core.kernel.ErrorCode.CONTENT_INVALID;
import static dev.carillon.core.kernel.ErrorCode.INVALID_PARAMETER;

import dev.carillon.core.account.Account;
import dev.carillon.core.kernel.ApiException.Finding;
import dev.carillon.core.kernel.ApiException.Measure;
import dev.carillon.core.platform.Connectors;
import dev.carillon.core.platform.RuleViolation;
import dev.carillon.core.post.NewPost.NewTarget;
import dev.carillon.core.publication.ThreadPart;
import dev.carillon.core.publication.duplicate.ContentGuard;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Checks the content of a post, including its threads, against the rules of the platforms that it is published on. */
@Singleton
class ContentCheck {
    private static final int MOST_PARTS = 49;
    private static final int MOST_PUBLICATIONS = 500;

    private final Connectors connectors;

    ContentCheck(Connectors connectors) {
        this.connectors = connectors;
    }

    /**
     * Checks each target against its platform's rules.
     *
     * @throws dev.carillon.core.kernel.ApiException {@code content_invalid} with every finding; {@code invalid_parameter} if
     *     a thread or the number of publications exceeds the limit for all platforms
     */
    void check(NewPost draft, List<Account> targets) {
        requireFew(draft);
        var findings = IntStream.range(0, targets.size())
                .boxed()
                .flatMap(i -> of(draft, i, targets.get(i)).stream())
                .toList();
        if (!findings.isEmpty()) {
            throw CONTENT_INVALID.with(findings.getFirst().message(), findings);
        }
    }

    private static void requireFew(NewPost draft) {
        requireFew(draft.thread(), "/thread");
        int publications = 0;
        for (int i = 0; i < draft.targets().size(); i++) {
            var target = draft.targets().get(i);
            if (target.thread() != null) {
                requireFew(target.thread(), "/targets/%d/thread".formatted(PostPlan.placeOf(target, i)));
            }
            publications += 1 + draft.threadOf(target).size();
        }
        if (publications > MOST_PUBLICATIONS) {
            throw INVALID_PARAMETER.at(
                    "/thread",
                    "The post and its threads are %d publications; the maximum is %d. Shorten the thread, or remove targets."
                            .formatted(publications, MOST_PUBLICATIONS));
        }
    }

    private static void requireFew(List<ThreadPart> thread, String pointer) {
        if (thread.size() > MOST_PARTS) {
            throw INVALID_PARAMETER.at(
                    pointer, "`thread` has %d parts; the maximum is %d.".formatted(thread.size(), MOST_PARTS));
        }
    }

    private List<Finding> of(NewPost draft, int index, Account account) {
        var target = draft.targets().get(index);
        var text = target.text() == null ? draft.text() : target.text();
        var thread = draft.threadOf(target).stream().map(ThreadPart::text).toList();
        var connector = connectors.get(account.connected());
        var violations = new ArrayList<>(connector.check(account.platform(), text, target.settings()));
        if (!thread.isEmpty()) {
            violations.addAll(connector.checkThread(account.platform(), thread, target.settings()));
            if (!draft.allowDuplicate()) {
                violations.addAll(repeated(account, text, thread));
            }
        }
        return violations.stream()
                .map(violation -> finding(violation, target, index))
                .toList();
    }

    /** A thread that repeats itself is probably a mistake, and several platforms would refuse the repetition. */
    private static List<RuleViolation> repeated(Account account, String text, List<String> thread) {
        var said = new ArrayList<String>();
        var repeated = new ArrayList<RuleViolation>();
        Stream.concat(Stream.of(text), thread.stream()).forEach(each -> {
            var hash = ContentGuard.hashOf(account.id(), each);
            int before = said.indexOf(hash);
            if (before >= 0) {
                repeated.add(new RuleViolation(
                        "carillon.thread.repeated",
                        "/thread/%d/text".formatted(said.size() - 1),
                        "Part %d of the thread has the same text as part %d; change one of them, or send `\"allow_duplicate\": true`."
                                .formatted(said.size(), before),
                        1,
                        2,
                        "parts"));
            }
            said.add(hash);
        });
        return repeated;
    }

    private static Finding finding(RuleViolation violation, NewTarget target, int index) {
        var own = violation.pointer().startsWith("/thread") ? target.thread() : target.text();
        boolean said =
                violation.pointer().startsWith("/text") || violation.pointer().startsWith("/thread");
        boolean common = said && own == null;
        var pointer = common
                ? violation.pointer()
                : "/targets/%d%s".formatted(PostPlan.placeOf(target, index), violation.pointer());
        var measure = new Measure(violation.rule(), violation.limit(), violation.actual(), violation.unit());
        return new Finding(CONTENT_INVALID, pointer, violation.message(), measure);
    }
}
