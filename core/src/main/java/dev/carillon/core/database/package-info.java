/** The database as core uses it: two roles, transactions fenced by workspace, and its clock. */
@NullMarked
package dev.carillon.core.database;

import org.jspecify.annotations.NullMarked;
