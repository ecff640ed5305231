/** Mail to people: over SMTP where a server is named, on the console otherwise. */
@NullMarked
package dev.carillon.core.mail;

import org.jspecify.annotations.NullMarked;
