/** Webhook endpoints, their settings and secrets; the callbacks of posts are hidden endpoints. */
@NullMarked
package dev.carillon.core.webhook.endpoint;

import org.jspecify.annotations.NullMarked;
