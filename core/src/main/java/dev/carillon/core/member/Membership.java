package dev.carillon.core.member;

import dev.carillon.core.auth.Role;
import dev.carillon.core.kernel.MemberId;

/** A user's membership in a workspace. */
public record Membership(MemberId member, Role role) {}
