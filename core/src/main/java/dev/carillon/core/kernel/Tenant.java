package dev.carillon.core.kernel;

/** A workspace in one of its modes: what every tenant row belongs to. */
public record Tenant(WorkspaceId workspace, Mode mode) {}
