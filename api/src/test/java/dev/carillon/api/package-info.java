/** Tests of the API over HTTP, on a real server and a real database. */
@NullMarked
package dev.carillon.api;

import org.jspecify.annotations.NullMarked;
