package io.callweave.settings.value;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of IP addresses, such as {@code 10.0.0.0/8}. An IPv4-mapped IPv6 address counts as the IPv4 address.
 *
 * @param address the first one
 * @param bits how many leading bits all have in common
 */
public record Network(InetAddress address, int bits) {

    /** Only literals: a name would be asked for in the network. */
    private static final Pattern LITERAL =
            Pattern.compile("(\\d{1,3}(\\.\\d{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*)(?:/(\\d{1,3}))?");

    /** An address alone is a network of one. */
    public static Optional<Network> parse(String text) {
        var matcher = LITERAL.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            InetAddress address = InetAddress.getByName(matcher.group(1));
            int most = Byte.SIZE * address.getAddress().length;
            int bits = matcher.group(3) == null ? most : Integer.parseInt(matcher.group(3));
            return bits <= most ? Optional.of(new Network(address, bits)) : Optional.empty();
        } catch (UnknownHostException notAnAddress) {
            return Optional.empty();
        }
    }

    public boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] theirs = other.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            if ((mine[bit / Byte.SIZE] & mask) != (theirs[bit / Byte.SIZE] & mask)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + bits;
    }
}
