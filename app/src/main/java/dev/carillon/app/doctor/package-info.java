/** {@code ./carillon doctor}: one class per requirement of a start; a check changes nothing. */
@NullMarked
package dev.carillon.app.doctor;

import org.jspecify.annotations.NullMarked;
