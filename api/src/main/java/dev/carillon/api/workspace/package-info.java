/** Workspaces: their settings, their names and their health. */
@NullMarked
package dev.carillon.api.workspace;

import org.jspecify.annotations.NullMarked;
