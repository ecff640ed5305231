/** What callers do to publications after they were accepted: edit, retry, cancel, delete. */
@NullMarked
package dev.carillon.core.publication.intervention;

import org.jspecify.annotations.NullMarked;
