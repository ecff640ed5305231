package dev.carillon.core.net;

/**
 * Where the time of a call went, in milliseconds. The first three are zero on a connection that was still open.
 *
 * @param connectMillis until TCP stood
 * @param tlsMillis the handshake after it
 * @param firstByteMillis from the start of the call to the head of the answer; zero where none came
 * @param totalMillis from the start of the call to the end of what was read
 */
public record Timing(long dnsMillis, long connectMillis, long tlsMillis, long firstByteMillis, long totalMillis) {}
