/** {@code ./carillon doctor}: one class per thing that a start needs, each of which looks and changes nothing. */
@NullMarked
package dev.carillon.app.doctor;

import org.jspecify.annotations.NullMarked;
