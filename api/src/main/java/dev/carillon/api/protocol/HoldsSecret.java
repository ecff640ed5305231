package dev.carillon.api.protocol;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a route whose replies contain a newly created secret. Such replies are never compressed: the compressed length reveals something
 * about the content to an attacker who can place chosen text beside the secret and watch the traffic.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface HoldsSecret {}
