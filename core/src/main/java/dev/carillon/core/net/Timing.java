package dev.carillon.core.net;

/**
 * How long each part of a call took, in milliseconds. The first three are zero on a reused connection.
 *
 * @param connectMillis until the TCP connection was open
 * @param tlsMillis the TLS handshake
 * @param firstByteMillis from the start of the call to the head of the answer; zero if none came
 * @param totalMillis from the start of the call to the end of what was read
 */
public record Timing(long dnsMillis, long connectMillis, long tlsMillis, long firstByteMillis, long totalMillis) {}
