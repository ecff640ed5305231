/** Tests of the settings: what is accepted and what is refused. */
@NullMarked
package dev.carillon.app.settings;

import org.jspecify.annotations.NullMarked;
