/** The sandbox platform: a small social network that simulates any other one in test mode. */
@NullMarked
package dev.carillon.sandbox;

import org.jspecify.annotations.NullMarked;
