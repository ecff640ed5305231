/** The database schema: Flyway migrations, and the roles to which they grant rights. */
@NullMarked
package dev.carillon.migrations;

import org.jspecify.annotations.NullMarked;
