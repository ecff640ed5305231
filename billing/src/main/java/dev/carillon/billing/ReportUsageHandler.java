package dev.carillon.billing;

import dev.carillon.billing.MeterSink.Report;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.usage.MeterEvents;
import dev.carillon.core.usage.MeterEvents.Unreported;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Marks, reports and records usage page by page; each event's result has its own transaction. */
@Singleton
public class ReportUsageHandler implements JobRequestHandler<ReportUsageJob> {
    private static final Logger LOG = LoggerFactory.getLogger(ReportUsageHandler.class);

    private final Transactions transactions;
    private final MeterEvents events;
    private final MeterSink sink;

    /**
     * Concurrent jobs would report the same events; Stripe would drop the duplicates, but there is no need to send
     * them.
     */
    private final ReentrantLock oneAtATime = new ReentrantLock();

    ReportUsageHandler(Transactions transactions, MeterEvents events, MeterSink sink) {
        this.transactions = transactions;
        this.events = events;
        this.sink = sink;
    }

    @Override
    public void run(ReportUsageJob job) {
        if (!oneAtATime.tryLock()) {
            return;
        }
        try {
            reportAll(job.batch());
        } finally {
            oneAtATime.unlock();
        }
    }

    private void reportAll(int batch) {
        List<Unreported> page = mark(null, batch);
        while (reportPage(page) && page.size() == batch) {
            page = mark(page.getLast(), batch);
        }
    }

    /** Returns whether to report more now. */
    private boolean reportPage(List<Unreported> page) {
        boolean goOn = true;
        int taken = 0;
        for (var event : page) {
            // The rest of the page was marked but not sent.
            var report = goOn ? sink.report(event) : Report.NOT_NOW;
            writeDown(event, report);
            goOn = report != Report.NOT_NOW;
            taken += report == Report.TAKEN ? 1 : 0;
        }
        LOG.atInfo()
                .addKeyValue("events", page.size())
                .addKeyValue("taken", taken)
                .log("usage reported");
        return goOn;
    }

    private List<Unreported> mark(@Nullable Unreported after, int batch) {
        return transactions.acrossWorkspaces(() -> events.startReporting(after, batch));
    }

    private void writeDown(Unreported event, Report report) {
        transactions.acrossWorkspaces(() -> {
            switch (report) {
                case TAKEN -> events.markReported(event);
                case REFUSED, NOT_NOW -> events.markNotTaken(event);
                case UNKNOWN -> {}
            }
            return report;
        });
    }
}
