/** What HTTP asks of every route alike: the methods of a path, pages of other origins, ETags, replies to HEAD, compression. */
@NullMarked
package dev.carillon.api.protocol;

import org.jspecify.annotations.NullMarked;
