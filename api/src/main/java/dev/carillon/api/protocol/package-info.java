/** The HTTP rules that every route follows: the methods of a path, pages of other origins, ETags, replies to HEAD, compression. */
@NullMarked
package dev.carillon.api.protocol;

import org.jspecify.annotations.NullMarked;
