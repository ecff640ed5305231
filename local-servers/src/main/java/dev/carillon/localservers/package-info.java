/**
 * Embedded PostgreSQL and Redis: real servers that keep everything in one data folder, end with an orderly stop and
 * recover from any other.
 */
@NullMarked
package dev.carillon.localservers;

import org.jspecify.annotations.NullMarked;
