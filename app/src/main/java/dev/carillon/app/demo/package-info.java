/** The demo: the life of one post, shown to a newcomer through nothing but the public API. */
@NullMarked
package dev.carillon.app.demo;

import org.jspecify.annotations.NullMarked;
