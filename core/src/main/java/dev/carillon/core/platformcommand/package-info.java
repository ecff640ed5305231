/**
 * Platform commands: what callers want done on a platform besides publishing, requested through the API and run by a
 * worker.
 */
@NullMarked
package dev.carillon.core.platformcommand;

import org.jspecify.annotations.NullMarked;
