package dev.carillon.api.input;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a request's field contains, where its type does not say it: ids of this type, a word of this enum, or, for a field of several types,
 * one of these enums and records.
 *
 * <p>A field of type {@code String} stays a string, which is valid: {@link Words#named} finds its constant.
 */
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
public @interface ReadAs {
    Class<?>[] value();
}
