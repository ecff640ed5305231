/** What every route shares: strict JSON in, problems and lists out, ids, traces and the access log. */
@NullMarked
package dev.carillon.api.http;

import org.jspecify.annotations.NullMarked;
