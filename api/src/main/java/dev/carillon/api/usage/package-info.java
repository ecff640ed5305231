/** Usage over HTTP. */
@NullMarked
package dev.carillon.api.usage;

import org.jspecify.annotations.NullMarked;
