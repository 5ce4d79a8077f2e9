package dev.waypost.socket.transfer;

import java.io.IOException;

/** A primary said something that no zone can be made of; the message says what, for a person to read. */
final class TransferException extends IOException {
    private static final long serialVersionUID = 1L;

    TransferException(String message) {
        super(message);
    }
}
