package dev.carillon.core.database;

/** JSON text to be stored in a {@code jsonb} column. */
public record Jsonb(String text) {}
