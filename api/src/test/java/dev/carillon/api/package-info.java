/** The API as callers meet it: over HTTP, on a real server and a real database. */
@NullMarked
package dev.carillon.api;

import org.jspecify.annotations.NullMarked;
