/** The sandbox platform: a small social network of its own that plays any other one in test mode. */
@NullMarked
package dev.carillon.sandbox;

import org.jspecify.annotations.NullMarked;
