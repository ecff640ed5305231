/** Publications: a post on one account, its states, its attempts and their outcomes. */
@NullMarked
package dev.carillon.core.publication;

import org.jspecify.annotations.NullMarked;
