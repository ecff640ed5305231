/** Shared by the live connectors and the simulated platform: what may be posted where, and how a post is recognised. */
@NullMarked
package dev.carillon.connectors.rules;

import org.jspecify.annotations.NullMarked;
