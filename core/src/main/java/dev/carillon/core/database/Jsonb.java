package dev.carillon.core.database;

/** JSON text on its way into a {@code jsonb} column. */
public record Jsonb(String text) {}
