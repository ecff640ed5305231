package dev.carillon.core.member;

import dev.carillon.core.kernel.MemberId;

/** What somebody is in a workspace. */
public record Membership(MemberId member, Role role) {}
