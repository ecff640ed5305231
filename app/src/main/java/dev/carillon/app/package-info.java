/** The launcher: finds or brings the servers, starts the parts of a role in order and stops them in the opposite one. */
@NullMarked
package dev.carillon.app;

import org.jspecify.annotations.NullMarked;
