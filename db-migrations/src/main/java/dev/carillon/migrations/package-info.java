/** The database's shape: Flyway migrations, and the roles that they grant rights to. */
@NullMarked
package dev.carillon.migrations;

import org.jspecify.annotations.NullMarked;
