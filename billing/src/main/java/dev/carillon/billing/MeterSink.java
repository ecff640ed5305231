package dev.carillon.billing;

import dev.carillon.core.usage.MeterEvents.Unreported;

/** Takes billable facts, each at most once, told apart by their identifier. */
interface MeterSink {
    /** What became of one report. */
    enum Report {
        /** It is counted, by this report or an earlier one. */
        TAKEN,
        /** It may be counted or not. */
        IN_DOUBT,
        /** It is certainly not counted, and neither would others be at this moment. */
        NOT_NOW,
        /** It is certainly not counted, for a reason of its own. */
        REFUSED
    }

    /** Makes the call, outside any transaction. Trouble is a report and never an exception. */
    Report report(Unreported event);
}
