/** Replays: deliveries that are sent again on request. */
@NullMarked
package dev.carillon.core.webhook.replay;

import org.jspecify.annotations.NullMarked;
