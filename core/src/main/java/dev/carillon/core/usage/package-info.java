/** Usage: what costs how much, the meter events that count it, and the report over them. */
@NullMarked
package dev.carillon.core.usage;

import org.jspecify.annotations.NullMarked;
