/** Members: users with a role in a workspace, and invitations to become one. */
@NullMarked
package dev.carillon.core.member;

import org.jspecify.annotations.NullMarked;
