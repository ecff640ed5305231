package dev.carillon.app.chaos;

import static dev.carillon.app.chaos.KillPoint.Edge.ENTER;
import static dev.carillon.app.chaos.KillPoint.Edge.EXIT;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The places in the path of a publication at which a worker is killed, in the path's order. Each names a method and whether its
 * beginning or its end is meant; a method that is renamed ends the run, so that no point is passed over in silence.
 */
enum KillPoint {
    CLAIM_OPEN("claim, before its commit", "dev.carillon.jobs.lane.LaneQueries", "refreshLanes", EXIT),
    CLAIMED("claim committed, nothing handed over", "dev.carillon.jobs.Dispatcher", "handOver", ENTER),
    BEFORE_JOBS("before the jobs are put", "dev.carillon.jobs.JobQueue", "enqueue", ENTER),
    JOBS_PUT("jobs put, before the wake", "org.jobrunr.scheduling.JobRequestScheduler", "enqueue(Stream)", EXIT),
    JOB_STARTED("job started", "dev.carillon.worker.publication.PublishHandler", "run(PublishJob)", ENTER),
    BEFORE_MARK("before the mark", Places.ATTEMPTS, "mark", ENTER),
    MARK_OPEN("mark, before its commit", "dev.carillon.core.publication.AttemptQueries", "begin", EXIT),
    MARKED("mark committed", Places.ATTEMPTS, "mark", EXIT),
    BEFORE_CONNECTOR("before the connector", "dev.carillon.connectors.sandbox.SandboxConnector", "publish", ENTER),
    BEFORE_CHECKPOINT("before the checkpoint", Places.ATTEMPTS, "keep", ENTER),
    CHECKPOINT_OPEN("checkpoint, before its commit", "dev.carillon.core.publication.PublicationQueries", "keep", EXIT),
    CHECKPOINT_KEPT("checkpoint committed", Places.ATTEMPTS, "keep", EXIT),
    BEFORE_REQUEST("before the request is written", Places.TRACE, "writing", EXIT, Places.POST),
    REQUEST_WRITTEN("request written", "okhttp3.internal.http1.Http1ExchangeCodec", "finishRequest", EXIT, Places.POST),
    ACCEPTED("accepted, the answer not read", Places.TRACE, "answeredWith", ENTER, Places.POST),
    ANSWER_READ("answer read, not recorded", "dev.carillon.worker.publication.OutcomeRecorder", "record(Ended)", ENTER),
    RECORD_OPEN("record, before its commit", Places.WRITER, "write(List)", EXIT, Places.RECORD),
    RECORDED("record committed", Places.OUTCOMES, "record(List)", EXIT),
    DOUBT_CLAIMED("doubt claimed, not asked", "dev.carillon.worker.publication.Inquiry", "settle", ENTER),
    DOUBT_ANSWERED("doubt answered, not settled", Places.DOUBTS, Places.SETTLING, ENTER),
    SETTLE_OPEN(
            "settled, before its commit",
            "dev.carillon.core.publication.PublicationQueries",
            "write(List)",
            EXIT,
            Places.SETTLE),
    SETTLED("settled and committed", Places.DOUBTS, Places.SETTLING, EXIT);

    private final String title;
    private final String type;
    private final String signature;
    private final Edge edge;
    private final @Nullable String within;

    enum Edge {
        ENTER,
        EXIT
    }

    private static final class Places {
        static final String ATTEMPTS = "dev.carillon.core.publication.AttemptService";
        static final String OUTCOMES = "dev.carillon.core.publication.OutcomeService";
        static final String DOUBTS = "dev.carillon.core.publication.DoubtService";
        static final String WRITER = "dev.carillon.core.publication.PublicationWriter";
        static final String TRACE = "dev.carillon.core.net.CallTrace";

        static final String POST = "dev.carillon.connectors.sandbox.SandboxApi#post";
        static final String RECORD = OUTCOMES + "#record";
        static final String SETTLING = "settle(Doubtful, LookUp, Evidence, boolean)";
        static final String SETTLE = DOUBTS + "#settle";
    }

    KillPoint(String title, String type, String signature, Edge edge) {
        this(title, type, signature, edge, null);
    }

    /**
     * A point.
     *
     * @param signature the method's name, with the simple names of its parameters' types where it is overloaded
     * @param within {@code class#method} that has to be on the stack, where the method serves others too
     */
    KillPoint(String title, String type, String signature, Edge edge, @Nullable String within) {
        this.title = title;
        this.type = type;
        this.signature = signature;
        this.edge = edge;
        this.within = within;
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

    @Nullable
    String within() {
        return within;
    }

    /** Whether it lies on the way of a publication whose outcome is in doubt, and not on every publication's. */
    boolean isAboutDoubt() {
        return compareTo(DOUBT_CLAIMED) >= 0;
    }

    /**
     * The method that it names.
     *
     * @throws IllegalStateException when there is none, or more than one
     */
    Method method() {
        try {
            require(within);
            var owner = Class.forName(type, false, KillPoint.class.getClassLoader());
            var found = Arrays.stream(owner.getDeclaredMethods())
                    .filter(method -> !method.isSynthetic() && isNamed(method))
                    .toList();
            if (found.size() == 1) {
                return found.getFirst();
            }
            throw new IllegalStateException(
                    "kill point %s names %d methods: %s.%s".formatted(this, found.size(), type, signature));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("kill point %s names no class: %s".formatted(this, e.getMessage()), e);
        }
    }

    private static void require(@Nullable String within) throws ClassNotFoundException {
        if (within != null) {
            var parts = List.of(within.split("#", 2));
            var owner = Class.forName(parts.getFirst(), false, KillPoint.class.getClassLoader());
            if (Arrays.stream(owner.getDeclaredMethods())
                    .noneMatch(method -> method.getName().equals(parts.getLast()))) {
                throw new ClassNotFoundException(within);
            }
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
