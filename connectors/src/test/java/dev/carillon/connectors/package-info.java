@NullMarked
package dev.carillon.connectors;

import org.jspecify.annotations.NullMarked;
