/** The demo: the life of one post, shown to a newcomer using only the public API. */
@NullMarked
package dev.carillon.app.demo;

import org.jspecify.annotations.NullMarked;
