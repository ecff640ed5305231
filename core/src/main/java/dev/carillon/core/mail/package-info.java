/** Mail to people: over SMTP if a server is configured, otherwise on the console. */
@NullMarked
package dev.carillon.core.mail;

import org.jspecify.annotations.NullMarked;
