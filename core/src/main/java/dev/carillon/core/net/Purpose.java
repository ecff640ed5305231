package dev.carillon.core.net;

/** Why a call is made. Each purpose has its own connections. */
public enum Purpose {
    /** A social network, at an address that may come from a tenant. */
    PLATFORM,
    /** A tenant's webhook receiver. */
    WEBHOOK,
    /** Carillon's own sandbox platform and nothing else. */
    SANDBOX,
    /** A sign-in provider that the operator configured, or a host that such a provider names. */
    SIGN_IN
}
