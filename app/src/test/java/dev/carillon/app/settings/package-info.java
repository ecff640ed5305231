/** What the environment may say, and what is refused. */
@NullMarked
package dev.carillon.app.settings;

import org.jspecify.annotations.NullMarked;
