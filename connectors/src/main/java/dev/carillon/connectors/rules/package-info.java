/** What the live room and the sandbox that plays it both ask: what may be said where, and by what a post is recognised. */
@NullMarked
package dev.carillon.connectors.rules;

import org.jspecify.annotations.NullMarked;
