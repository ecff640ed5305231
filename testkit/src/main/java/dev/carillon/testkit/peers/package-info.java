/** Real third-party software to test against, installed from npm on first use. */
@NullMarked
package dev.carillon.testkit.peers;

import org.jspecify.annotations.NullMarked;
