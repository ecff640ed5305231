/** The billing role: reports usage to Stripe, once. */
@NullMarked
package dev.carillon.billing;

import org.jspecify.annotations.NullMarked;
