/** Which addresses outbound calls may reach. */
@NullMarked
package dev.carillon.core.net.address;

import org.jspecify.annotations.NullMarked;
