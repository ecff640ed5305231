package dev.carillon.api.input;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The limits of a request's field: of a number its values, of a string its length in UTF-16 units, of an array the number of its entries,
 * and of an object with strings the length of each string.
 *
 * <p>A string or an array that may be empty may also be absent, and is then empty. A string within an object that may be empty may be null,
 * and is then left out.
 */
@Target({ElementType.TYPE, ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
public @interface Limits {
    long least() default 0;

    long most();
}
