/** The billing role: tells Stripe what was used, once. */
@NullMarked
package dev.carillon.billing;

import org.jspecify.annotations.NullMarked;
