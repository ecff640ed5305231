package dev.carillon.core.platform;

/** What a platform answered when it was asked whether a post exists. */
public sealed interface LookUp {
    record Found(PlatformPost post) implements LookUp {}

    /** An exact look-up saw that there is none. */
    record Absent() implements LookUp {}

    /** The platform could not be asked now; ask again later. */
    record NotAnswered(Failure failure) implements LookUp {}

    /** The platform has nothing that could answer, now or later. */
    record NotAnswerable() implements LookUp {}
}
