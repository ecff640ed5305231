/** Core's access to the database: two roles, transactions with tenant isolation, and the database's clock. */
@NullMarked
package dev.carillon.core.database;

import org.jspecify.annotations.NullMarked;
