package dev.carillon.core.session;

import dev.carillon.core.user.User;

/** Somebody who has signed in, before it is known in which workspace they want to do something. */
public record SignedIn(User user, Session session) {}
