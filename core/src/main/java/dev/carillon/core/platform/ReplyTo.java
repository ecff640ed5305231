package dev.carillon.core.platform;

/**
 * What a publication replies to, on the same account.
 *
 * @param parent the post that it answers
 * @param root the first post of the thread, which may be the same
 */
public record ReplyTo(PlatformPost parent, PlatformPost root) {}
