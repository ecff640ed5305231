/** Tests of the billing role against a simulated Stripe, with its official client as the judge. */
@NullMarked
package dev.carillon.billing;

import org.jspecify.annotations.NullMarked;
