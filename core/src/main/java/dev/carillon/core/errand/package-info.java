/** Errands: what callers want done on a platform beside publishing, asked for by the API and run by a worker. */
@NullMarked
package dev.carillon.core.errand;

import org.jspecify.annotations.NullMarked;
