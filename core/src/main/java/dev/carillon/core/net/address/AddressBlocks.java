package dev.carillon.core.net.address;

import java.net.InetAddress;
import java.util.List;

/**
 * Address blocks of either family in their usual notation: {@code 203.0.113.0/24}, {@code 2001:db8::/32}, or a single
 * address.
 */
public final class AddressBlocks {
    /** No block, and therefore no address. */
    public static final AddressBlocks NONE = new AddressBlocks(List.of());

    private final List<Cidr> blocks;

    private AddressBlocks(List<Cidr> blocks) {
        this.blocks = List.copyOf(blocks);
    }

    /**
     * Parses blocks.
     *
     * @throws IllegalArgumentException with the first text that is not a block, and why
     */
    public static AddressBlocks parse(List<String> texts) {
        return new AddressBlocks(
                texts.stream().map(String::strip).map(AddressBlocks::block).toList());
    }

    private static Cidr block(String text) {
        int slash = text.indexOf('/');
        var address = address(slash < 0 ? text : text.substring(0, slash), text);
        int longest = address.getAddress().length * Byte.SIZE;
        int bits = slash < 0 ? longest : bits(text.substring(slash + 1), longest, text);
        var block = new Cidr(address, bits);
        if (!block.isNetwork()) {
            throw new IllegalArgumentException("%s has bits set after its first %d".formatted(text, bits));
        }
        return block;
    }

    private static InetAddress address(String literal, String text) {
        // Literals only: a name would be looked up, and a zone has a meaning only on this machine.
        if (!literal.matches("[0-9.]{7,15}|[0-9a-fA-F:.]{2,45}")) {
            throw new IllegalArgumentException(text + " is not an IP address or a CIDR block");
        }
        try {
            return InetAddress.ofLiteral(literal);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(text + " is not an IP address or a CIDR block", e);
        }
    }

    private static int bits(String digits, int longest, String text) {
        if (!digits.matches("\\d{1,3}") || Integer.parseInt(digits) > longest) {
            throw new IllegalArgumentException(
                    "%s has a prefix length that is not between 0 and %d".formatted(text, longest));
        }
        return Integer.parseInt(digits);
    }

    public boolean isEmpty() {
        return blocks.isEmpty();
    }

    public boolean contains(InetAddress address) {
        return blocks.stream().anyMatch(block -> block.contains(address));
    }

    /** Whether every one of these addresses is in {@code others}. */
    public boolean isWithin(AddressBlocks others) {
        return blocks.stream().allMatch(block -> others.blocks.stream()
                .anyMatch(other -> other.bits() <= block.bits() && other.contains(block.network())));
    }

    /** The blocks in their usual notation. */
    public List<String> texts() {
        return blocks.stream()
                .map(block -> block.network().getHostAddress() + "/" + block.bits())
                .toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressBlocks same && same.blocks.equals(blocks);
    }

    @Override
    public int hashCode() {
        return blocks.hashCode();
    }

    @Override
    public String toString() {
        return texts().toString();
    }
}
