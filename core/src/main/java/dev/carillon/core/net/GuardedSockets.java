package dev.carillon.core.net;

import dev.carillon.core.net.address.AllowList;
import dev.carillon.core.net.address.ForbiddenAddressException;
import dev.carillon.core.net.address.PublicAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;

/**
 * Sockets that check the address before they connect. They are the second check after the name look-up, because OkHttp
 * does not look up a host that is an address.
 */
final class GuardedSockets extends SocketFactory {
    /** Decides by the actual address and port. */
    @FunctionalInterface
    interface Gate {
        boolean mayConnect(InetSocketAddress target) throws IOException;

        /** Allows public addresses, except for the ports on which this machine itself serves Carillon. */
        static Gate publicOnly(PublicAddresses addresses, AllowList allowed) {
            return target -> addresses.isPublic(target.getAddress())
                    && !(allowed.isOwnPort(target.getPort())
                            && NetworkInterface.getByInetAddress(target.getAddress()) != null);
        }
    }

    private final Gate gate;

    GuardedSockets(Gate gate) {
        this.gate = gate;
    }

    @Override
    public Socket createSocket() {
        return new GuardedSocket(gate);
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException("only unconnected sockets are supported");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        return createSocket(host.getHostAddress(), port);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        return createSocket(address, port);
    }

    private static final class GuardedSocket extends Socket {
        private final Gate gate;

        GuardedSocket(Gate gate) {
            // Without this the JVM would follow socksProxyHost, and a proxy could connect to any address.
            super(Proxy.NO_PROXY);
            this.gate = gate;
        }

        @Override
        public void connect(SocketAddress endpoint, int timeoutMillis) throws IOException {
            if (!(endpoint instanceof InetSocketAddress target) || target.isUnresolved() || !gate.mayConnect(target)) {
                throw new ForbiddenAddressException("the address");
            }
            super.connect(endpoint, timeoutMillis);
        }

        @Override
        public void connect(SocketAddress endpoint) throws IOException {
            connect(endpoint, 0);
        }
    }
}
