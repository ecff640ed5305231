/** The operator's settings in the environment, checked before anything starts. */
@NullMarked
package dev.carillon.app.settings;

import org.jspecify.annotations.NullMarked;
