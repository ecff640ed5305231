/** What may be said where: the shape of each platform's rules, which the live room and the sandbox that plays it both ask. */
@NullMarked
package dev.carillon.connectors.rules;

import org.jspecify.annotations.NullMarked;
