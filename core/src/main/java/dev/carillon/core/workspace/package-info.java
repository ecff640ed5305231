/** Workspaces: the tenants, their plans and the first one of an installation. */
@NullMarked
package dev.carillon.core.workspace;

import org.jspecify.annotations.NullMarked;
