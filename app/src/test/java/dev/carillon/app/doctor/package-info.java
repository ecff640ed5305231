/** Tests of the doctor's checks. */
@NullMarked
package dev.carillon.app.doctor;

import org.jspecify.annotations.NullMarked;
