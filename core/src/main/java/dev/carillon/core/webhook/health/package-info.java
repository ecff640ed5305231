/** The health of endpoints: pauses, probes, warnings, and disabling. */
@NullMarked
package dev.carillon.core.webhook.health;

import org.jspecify.annotations.NullMarked;
