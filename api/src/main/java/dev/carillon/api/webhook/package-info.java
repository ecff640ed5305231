/** Webhook endpoints over HTTP. */
@NullMarked
package dev.carillon.api.webhook;

import org.jspecify.annotations.NullMarked;
