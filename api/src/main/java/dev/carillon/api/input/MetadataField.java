package dev.carillon.api.input;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a request's {@code metadata}; {@link Metadata#of} checks the rest. */
@Example("{\"campaign\": \"spring\"}")
@Limits(most = Metadata.LONGEST_VALUE)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
public @interface MetadataField {}
