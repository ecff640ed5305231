/** The page that browsers show at the address of the API. */
@NullMarked
package dev.carillon.api.home;

import org.jspecify.annotations.NullMarked;
