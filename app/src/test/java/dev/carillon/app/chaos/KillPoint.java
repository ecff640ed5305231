package dev.carillon.app.chaos;

import static dev.carillon.app.chaos.KillPoint.Edge.ENTER;
import static dev.carillon.app.chaos.KillPoint.Edge.EXIT;
import static dev.carillon.app.chaos.KillPoint.Whose.BOTH;
import static dev.carillon.app.chaos.KillPoint.Whose.SENDER;
import static dev.carillon.app.chaos.KillPoint.Whose.WORKER;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;

/**
 * The places in the paths of a publication and of a webhook at which a process is killed, in path order. Each names a method and whether
 * its beginning or its end is meant. If a method was renamed, the run ends, so that no point is skipped unnoticed. An end that returns 0
 * does not count, because the method did nothing.
 */
enum KillPoint {
    NUMBERING_OPEN("numbered, before its commit", SENDER, Places.EVENTS, "number", EXIT),
    NUMBERED("numbers committed", SENDER, "dev.carillon.core.event.EventSequencer", "numberAll", EXIT),
    FAN_OUT_OPEN("fanned out, before its commit", SENDER, Places.EVENTS, "advanceFanOut", EXIT),
    FANNED_OUT("fan-out committed", SENDER, "dev.carillon.core.event.FanOut", "run", EXIT),
    CLAIM_OPEN("claim, before its commit", BOTH, "dev.carillon.jobs.lane.LaneQueries", "refreshLanes", EXIT),
    CLAIMED("claim committed, nothing handed over", BOTH, "dev.carillon.jobs.Dispatcher", "handOver", ENTER),
    BEFORE_JOBS("before the jobs are enqueued", BOTH, "dev.carillon.jobs.JobQueue", "enqueue", ENTER),
    JOBS_PUT("jobs enqueued, not woken", BOTH, "org.jobrunr.scheduling.JobRequestScheduler", "enqueue(Stream)", EXIT),
    JOB_STARTED("job started", WORKER, "dev.carillon.worker.publication.PublishHandler", "run(PublishJob)", ENTER),
    BEFORE_START("before the attempt starts", WORKER, Places.ATTEMPTS, "start", ENTER),
    START_OPEN(
            "attempt start, before its commit",
            WORKER,
            "dev.carillon.core.publication.attempt.AttemptQueries",
            "begin",
            EXIT),
    STARTED("attempt start committed", WORKER, Places.ATTEMPTS, "start", EXIT),
    BEFORE_CONNECTOR(
            "before the connector", WORKER, "dev.carillon.connectors.sandbox.SandboxConnector", "publish", ENTER),
    BEFORE_CHECKPOINT("before the checkpoint", WORKER, Places.ATTEMPTS, "keep", ENTER),
    CHECKPOINT_OPEN(
            "checkpoint, before its commit", WORKER, "dev.carillon.core.publication.PublicationQueries", "keep", EXIT),
    CHECKPOINT_KEPT("checkpoint committed", WORKER, Places.ATTEMPTS, "keep", EXIT),
    DELIVERY_STARTED("job started", SENDER, "dev.carillon.webhooks.DeliverHandler", "run(DeliverJob)", ENTER),
    BEFORE_TAKE("before it is taken", SENDER, Places.DELIVERIES, "take", ENTER),
    TAKE_OPEN("taken, before its commit", SENDER, Places.DELIVERY_ATTEMPTS, "take", EXIT),
    TAKEN("taken and committed", SENDER, Places.DELIVERIES, "take", EXIT),
    BEFORE_REQUEST("before the request is written", BOTH, Places.TRACE, "writing", EXIT, Places.CALLERS),
    REQUEST_WRITTEN(
            "request written",
            BOTH,
            "okhttp3.internal.http1.Http1ExchangeCodec",
            "finishRequest",
            EXIT,
            Places.CALLERS),
    ACCEPTED("accepted, answer not read", BOTH, Places.TRACE, "answeredWith", ENTER, Places.CALLERS),
    ANSWER_READ("answer read, not recorded", WORKER, "dev.carillon.worker.publication.Publisher", "record", ENTER),
    RECORD_OPEN("record, before its commit", WORKER, Places.WRITER, "write(List)", EXIT, Places.RECORD),
    RECORDED("record committed", WORKER, Places.OUTCOMES, "record(List)", EXIT),
    ATTEMPT_ENDED("answer read, not recorded", SENDER, Places.DELIVERIES, "record", ENTER),
    ATTEMPT_OPEN("record, before its commit", SENDER, Places.DELIVERY_ATTEMPTS, "end", EXIT),
    ATTEMPT_RECORDED("record committed", SENDER, Places.DELIVERIES, "record", EXIT),
    UNKNOWN_CLAIMED(
            "unknown outcome claimed, no lookup",
            WORKER,
            "dev.carillon.worker.publication.Reconciler",
            "settle",
            ENTER),
    UNKNOWN_ANSWERED("unknown outcome answered, not settled", WORKER, Places.RECONCILIATION, Places.SETTLING, ENTER),
    SETTLE_OPEN(
            "settled, before its commit",
            WORKER,
            "dev.carillon.core.publication.PublicationQueries",
            "write(List)",
            EXIT,
            Places.SETTLE),
    SETTLED("settled and committed", WORKER, Places.RECONCILIATION, Places.SETTLING, EXIT);

    private final String title;
    private final Whose whose;
    private final String type;
    private final String signature;
    private final Edge edge;
    private final String within;

    /** The role whose processes reach a point. */
    enum Whose {
        WORKER,
        SENDER,
        BOTH
    }

    enum Edge {
        ENTER,
        EXIT
    }

    private static final class Places {
        static final String EVENTS = "dev.carillon.core.event.EventQueries";
        static final String DELIVERIES = "dev.carillon.core.webhook.delivery.DeliveryAttemptService";
        static final String DELIVERY_ATTEMPTS = "dev.carillon.core.webhook.delivery.DeliveryAttemptQueries";
        static final String ATTEMPTS = "dev.carillon.core.publication.attempt.AttemptService";
        static final String OUTCOMES = "dev.carillon.core.publication.attempt.OutcomeService";
        static final String RECONCILIATION = "dev.carillon.core.publication.reconciliation.ReconciliationService";
        static final String WRITER = "dev.carillon.core.publication.PublicationWriter";
        static final String TRACE = "dev.carillon.core.net.CallTrace";

        static final String CALLERS =
                "dev.carillon.connectors.sandbox.SandboxApi#post dev.carillon.webhooks.DeliverySender#send";
        static final String RECORD = OUTCOMES + "#record";
        static final String SETTLING = "settle(UnresolvedPublication, LookUp, Evidence, boolean)";
        static final String SETTLE = RECONCILIATION + "#settle";
    }

    KillPoint(String title, Whose whose, String type, String signature, Edge edge) {
        this(title, whose, type, signature, edge, "");
    }

    /**
     * A point.
     *
     * @param signature the method's name, with the simple names of its parameter types if it is overloaded
     * @param within one or more {@code class#method}, separated by spaces, if the method has other callers too; one of them must be on the
     *     stack
     */
    KillPoint(String title, Whose whose, String type, String signature, Edge edge, String within) {
        this.title = title;
        this.whose = whose;
        this.type = type;
        this.signature = signature;
        this.edge = edge;
        this.within = within;
    }

    /** The points that one role reaches. */
    static List<KillPoint> of(Whose role) {
        return Arrays.stream(values())
                .filter(point -> point.whose == role || point.whose == Whose.BOTH)
                .toList();
    }

    String title() {
        return title;
    }

    String type() {
        return type;
    }

    Edge edge() {
        return edge;
    }

    List<String> within() {
        return within.isEmpty() ? List.of() : List.of(within.split(" ", -1));
    }

    /** Whether only publications with an unknown outcome reach it. */
    boolean isAboutReconciliation() {
        return compareTo(UNKNOWN_CLAIMED) >= 0;
    }

    /**
     * The method of this point.
     *
     * @throws IllegalStateException if there is none, or more than one
     */
    Method method() {
        try {
            for (var caller : within()) {
                require(caller);
            }
            var owner = Class.forName(type, false, KillPoint.class.getClassLoader());
            var found = Arrays.stream(owner.getDeclaredMethods())
                    .filter(method -> !method.isSynthetic() && isNamed(method))
                    .toList();
            if (found.size() == 1) {
                return found.getFirst();
            }
            throw new IllegalStateException("kill point %s matches %d methods instead of one: %s.%s"
                    .formatted(this, found.size(), type, signature));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("kill point %s has no such class: %s".formatted(this, e.getMessage()), e);
        }
    }

    private static void require(String caller) throws ClassNotFoundException {
        var parts = List.of(caller.split("#", 2));
        var owner = Class.forName(parts.getFirst(), false, KillPoint.class.getClassLoader());
        if (Arrays.stream(owner.getDeclaredMethods())
                .noneMatch(method -> method.getName().equals(parts.getLast()))) {
            throw new ClassNotFoundException(caller);
        }
    }

    private boolean isNamed(Method method) {
        if (!signature.contains("(")) {
            return method.getName().equals(signature);
        }
        var types = Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .toList();
        return signature.equals(method.getName() + "(" + String.join(", ", types) + ")");
    }
}
