/** Accounts over HTTP. */
@NullMarked
package dev.carillon.api.account;

import org.jspecify.annotations.NullMarked;
