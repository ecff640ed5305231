/** The launcher: finds or starts the servers, starts the parts of a role in order and stops them in reverse. */
@NullMarked
package dev.carillon.app;

import org.jspecify.annotations.NullMarked;
