package dev.carillon.app;

import java.util.Locale;

/** What a process does. Any number of processes of each role may run on the same servers; none of them is special. */
enum Role {
    /** Everything in one process, the sandbox platform included. */
    ALL,
    /** Answers HTTP. */
    API,
    /** Publishes what is due, and settles what is in doubt. */
    WORKER,
    /** Turns events into webhook deliveries and sends them. */
    DISPATCH,
    /** Tells Stripe what was used. */
    BILLING,
    /** Plays the platforms of test mode. */
    SANDBOX,
    /** Brings the database to the newest shape and ends. */
    MIGRATE;

    /** Whether a process of this role does the work of {@code part}. */
    boolean does(Role part) {
        return this == part || (this == ALL && part != MIGRATE);
    }

    /** Whether it works inside one workspace at a time, as {@code carillon_app}. */
    boolean worksInsideWorkspaces() {
        return does(API);
    }

    /** Whether it works across workspaces, as {@code carillon_dispatch}. */
    boolean worksAcrossWorkspaces() {
        return does(WORKER) || does(DISPATCH) || does(BILLING);
    }

    /** As on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
