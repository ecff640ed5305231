package dev.carillon.app.doctor;

import java.util.List;

/** Looks at one thing that a start needs. It changes nothing, takes a few seconds at most and reveals no secret. */
@FunctionalInterface
public interface Check {
    /** What it found, a line each; nothing when there is nothing to look at. */
    List<Finding> run();
}
