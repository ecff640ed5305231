/** Usage: prices, the meter events that count usage, and the report on them. */
@NullMarked
package dev.carillon.core.usage;

import org.jspecify.annotations.NullMarked;
