package dev.waypost.socket.transfer;

import dev.waypost.tsig.TsigKey;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Who is told that a zone has changed.
 *
 * @param address where it listens, UDP
 * @param key what the word is signed with; empty for an unsigned one
 */
public record NotifyTarget(InetSocketAddress address, Optional<TsigKey> key) {
    public NotifyTarget {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("a NOTIFY wants an address to go to, found the name " + address);
        }
    }
}
