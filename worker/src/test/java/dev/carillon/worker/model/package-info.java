/** Random runs of publications, checked against invariants. */
@NullMarked
package dev.carillon.worker.model;

import org.jspecify.annotations.NullMarked;
