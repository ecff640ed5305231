package dev.carillon.core.kernel;

/** A workspace in one of its modes; every tenant row belongs to one. */
public record Tenant(WorkspaceId workspace, Mode mode) {}
