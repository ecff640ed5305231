/** Deliveries of events to endpoints, and their attempts. */
@NullMarked
package dev.carillon.core.webhook.delivery;

import org.jspecify.annotations.NullMarked;
