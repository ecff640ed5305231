/** Agents over HTTP. */
@NullMarked
package dev.carillon.api.agent;

import org.jspecify.annotations.NullMarked;
