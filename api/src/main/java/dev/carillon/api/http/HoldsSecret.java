package dev.carillon.api.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A route whose replies hold a secret that was just made. They are never compressed: the length of what is compressed tells of what is in it, to those
 * who can have their own words put beside the secret and watch the line.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface HoldsSecret {}
