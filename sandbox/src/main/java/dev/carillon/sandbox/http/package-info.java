/** The sandbox platform's HTTP layer: routes, requests, replies and refusals, on the JDK's own server. */
@NullMarked
package dev.carillon.sandbox.http;

import org.jspecify.annotations.NullMarked;
