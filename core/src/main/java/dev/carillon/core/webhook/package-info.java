/** Webhook endpoints, and the deliveries of events to them. */
@NullMarked
package dev.carillon.core.webhook;

import org.jspecify.annotations.NullMarked;
