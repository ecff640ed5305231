/** Tests of the billing role against a stand-in of Stripe, with its official client as the judge. */
@NullMarked
package dev.carillon.billing;

import org.jspecify.annotations.NullMarked;
