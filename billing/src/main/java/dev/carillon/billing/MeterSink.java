package dev.carillon.billing;

import dev.carillon.core.usage.MeterEvents.Unreported;

/** Accepts meter events, each counted at most once by its identifier. */
interface MeterSink {
    /** The result of a report. */
    enum Report {
        /** Counted, by this report or an earlier one. */
        TAKEN,
        /** It is unknown whether it was counted. */
        UNKNOWN,
        /** Certainly not counted, and reporting other events now would fail as well. */
        NOT_NOW,
        /** Certainly not counted, for a reason specific to this event. */
        REFUSED
    }

    /** Makes the call, outside any transaction. A failure is returned as a report, never thrown. */
    Report report(Unreported event);
}
