/** Tests of the billing role: Stripe's official client calls a simulated Stripe. */
@NullMarked
package dev.carillon.billing;

import org.jspecify.annotations.NullMarked;
