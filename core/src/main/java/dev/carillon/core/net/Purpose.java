package dev.carillon.core.net;

/** Why a call is made. Each purpose keeps connections of its own. */
public enum Purpose {
    /** A social network, at an address that may come from a tenant. */
    PLATFORM,
    /** A tenant's webhook receiver. */
    WEBHOOK,
    /** Carillon's own sandbox platform, and nothing but it. */
    SANDBOX,
    /** A provider that signs people in, named by the operator, or a host that such a provider names. */
    SIGN_IN
}
