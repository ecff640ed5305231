/** The dispatch role: numbers events, creates deliveries from them, signs and sends those that are due. */
@NullMarked
package dev.carillon.webhooks;

import org.jspecify.annotations.NullMarked;
