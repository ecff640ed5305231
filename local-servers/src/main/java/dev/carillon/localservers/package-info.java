/** Embedded PostgreSQL and Redis: real servers that live in one data folder, outlive no orderly stop and recover from any other. */
@NullMarked
package dev.carillon.localservers;

import org.jspecify.annotations.NullMarked;
