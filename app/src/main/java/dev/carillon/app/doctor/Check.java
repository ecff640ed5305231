package dev.carillon.app.doctor;

import java.util.List;

/** Checks one requirement of a start. It changes nothing, takes a few seconds at most and reveals no secret. */
@FunctionalInterface
public interface Check {
    /** The findings, one line each; empty if there is nothing to check. */
    List<Finding> run();
}
