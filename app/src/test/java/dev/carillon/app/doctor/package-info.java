/** What the doctor finds. */
@NullMarked
package dev.carillon.app.doctor;

import org.jspecify.annotations.NullMarked;
