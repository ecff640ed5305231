/** What the rooms share when they call: JSON over the guarded client, and what a call without an outcome means. */
@NullMarked
package dev.carillon.connectors.http;

import org.jspecify.annotations.NullMarked;
