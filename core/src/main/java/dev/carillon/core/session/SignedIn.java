package dev.carillon.core.session;

import dev.carillon.core.user.User;

/** A signed-in user, before the workspace of the request is known. */
public record SignedIn(User user, Session session) {}
