/** Agents: named automations that own keys and can be stopped at once. */
@NullMarked
package dev.carillon.core.agent;

import org.jspecify.annotations.NullMarked;
