/** Real servers and outside parties for tests: databases, a webhook receiver, other JVMs to kill. */
@NullMarked
package dev.carillon.testkit;

import org.jspecify.annotations.NullMarked;
