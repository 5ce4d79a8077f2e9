package dev.waypost.socket;

import dev.waypost.wire.ReplyPath;
import dev.waypost.wire.WireResponder;

/** What a socket asks for the reply to a message: {@link WireResponder#respond}. */
@FunctionalInterface
interface Responder {
    /** As {@link WireResponder#respond}. */
    int respond(byte[] query, int length, byte[] reply, ReplyPath path);
}
