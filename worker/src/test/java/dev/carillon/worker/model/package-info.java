/** Random stories of publications, held against what must be true of every one of them. */
@NullMarked
package dev.carillon.worker.model;

import org.jspecify.annotations.NullMarked;
