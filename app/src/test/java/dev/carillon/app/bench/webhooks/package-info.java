/** The webhook benchmark: deliveries a second, from commit to receipt, and how one endpoint's trouble affects other tenants. */
@NullMarked
package dev.carillon.app.bench.webhooks;

import org.jspecify.annotations.NullMarked;
