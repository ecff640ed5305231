/** The benchmark of webhooks: deliveries a second, from commit to receipt, and what one endpoint's trouble costs another's owner. */
@NullMarked
package dev.carillon.app.bench.webhooks;

import org.jspecify.annotations.NullMarked;
