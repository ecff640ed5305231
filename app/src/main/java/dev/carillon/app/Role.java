package dev.carillon.app;

import java.util.Locale;

/** What a process does. Any number of processes of each role may run on the same servers; none of them is special. */
enum Role {
    /** Everything in one process, including the sandbox platform. */
    ALL,
    /** Answers HTTP. */
    API,
    /** Publishes what is due, and reconciles unknown outcomes. */
    WORKER,
    /** Turns events into webhook deliveries and sends them. */
    DISPATCH,
    /** Reports usage to Stripe. */
    BILLING,
    /** Simulates the platforms in test mode. */
    SANDBOX,
    /** Migrates the database to the current schema and exits. */
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

    /** The name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
