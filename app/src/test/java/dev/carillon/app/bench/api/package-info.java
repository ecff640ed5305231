/** The API benchmark: how many requests one process answers in a workspace of a million posts, compared with baselines. */
@NullMarked
package dev.carillon.app.bench.api;

import org.jspecify.annotations.NullMarked;
