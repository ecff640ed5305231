package dev.carillon.core.platform;

/**
 * The post that a publication replies to, on the same account.
 *
 * @param parent the post that it replies to directly
 * @param root the first post of the thread, which may be the same as {@code parent}
 */
public record ReplyTo(PlatformPost parent, PlatformPost root) {}
