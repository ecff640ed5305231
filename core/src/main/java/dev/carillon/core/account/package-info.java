/** Accounts: identities on platforms, connected to a workspace, with their sealed credentials. */
@NullMarked
package dev.carillon.core.account;

import org.jspecify.annotations.NullMarked;
