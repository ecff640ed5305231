package dev.carillon.core.net.address;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * An address block of one family.
 *
 * @param bits how many leading bits an address shares with the network
 */
public record Cidr(InetAddress network, int bits) {
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        return new Cidr(InetAddress.ofLiteral(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    /** Whether no bit is set after the leading bits. */
    boolean isNetwork() {
        byte[] bytes = network.getAddress();
        for (int bit = bits; bit < bytes.length * Byte.SIZE; bit++) {
            if ((bytes[bit / Byte.SIZE] >> (Byte.SIZE - 1 - bit % Byte.SIZE) & 1) != 0) {
                return false;
            }
        }
        return true;
    }

    boolean contains(InetAddress address) {
        byte[] ours = network.getAddress();
        byte[] theirs = address.getAddress();
        int whole = bits / Byte.SIZE;
        int rest = bits % Byte.SIZE;
        return ours.length == theirs.length
                && Arrays.equals(ours, 0, whole, theirs, 0, whole)
                && (rest == 0 || ((ours[whole] ^ theirs[whole]) & 0xff) >>> (Byte.SIZE - rest) == 0);
    }
}
