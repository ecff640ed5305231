/** Members and invitations of a workspace. */
@NullMarked
package dev.carillon.api.member;

import org.jspecify.annotations.NullMarked;
