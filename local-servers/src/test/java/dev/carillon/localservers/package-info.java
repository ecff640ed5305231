/** Embedded servers, tested as real processes: started, killed, damaged and stopped. */
@NullMarked
package dev.carillon.localservers;

import org.jspecify.annotations.NullMarked;
