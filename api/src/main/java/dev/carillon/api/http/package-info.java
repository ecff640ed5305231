/** What all routes share: strict JSON input, problems and lists, ids, traces and the access log. */
@NullMarked
package dev.carillon.api.http;

import org.jspecify.annotations.NullMarked;
