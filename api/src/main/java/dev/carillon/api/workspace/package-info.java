/** The workspace's own settings, and how it is doing. */
@NullMarked
package dev.carillon.api.workspace;

import org.jspecify.annotations.NullMarked;
