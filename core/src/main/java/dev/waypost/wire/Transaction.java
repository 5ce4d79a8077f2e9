package dev.waypost.wire;

import dev.waypost.Client;
import dev.waypost.Envelope;
import dev.waypost.tsig.TsigReply;
import org.jspecify.annotations.Nullable;

/**
 * One query on its way to its reply.
 *
 * @param query what was asked
 * @param route who answers, and who watches
 * @param path where the reply goes
 * @param signature what the query was signed with, and signs the reply; null for a query that is not signed
 * @param options what the reply's OPT record says whatever the response is
 * @param cut whether the reply has TC although nothing was left out
 * @param images where an image of the reply may be kept: the table that was there before the route was asked for
 * @param room octets of the transport's reply buffer
 * @param arrivalNanos when the query arrived
 */
record Transaction(
        QueryMessage query,
        Route route,
        ReplyPath path,
        @Nullable TsigReply signature,
        ReplyOptions options,
        boolean cut,
        ImageTable images,
        int room,
        long arrivalNanos) {
    Client client() {
        Client client = path.client();
        return signature == null
                ? client
                : signature.signer().map(client::withKey).orElse(client);
    }

    /** Octets that signing a message of the reply takes, at most. */
    int signatureOctets() {
        return signature == null ? 0 : signature.octets();
    }

    /** The same, answered by a route. */
    Transaction through(Route chosen) {
        return chosen == route
                ? this
                : new Transaction(query, chosen, path, signature, options, cut, images, room, arrivalNanos);
    }

    /** The same, signed. */
    Transaction with(TsigReply checked) {
        return new Transaction(query, route, path, checked, options, cut, images, room, arrivalNanos);
    }

    boolean isDatagram() {
        return path.transport().isDatagram();
    }

    /** Octets of the reply without its signature, at most. */
    int limit() {
        return Math.min(room, ReplyWriter.limit(query, isDatagram())) - signatureOctets();
    }

    /** Octets of a reply in this envelope without its signature, at most. */
    int limit(Envelope envelope) {
        return isDatagram() ? Math.min(limit(), envelope.datagramOctets() - signatureOctets()) : limit();
    }

    /** Whether the same query would have the same reply, whatever buffer it comes with. */
    boolean isImageable() {
        return images.isOpen() && query.isImageable() && ReplyWriter.limit(query, isDatagram()) <= room;
    }

    /** The same, fit to outlive the transport's buffer. */
    Transaction detached() {
        return new Transaction(query.detached(), route, path, signature, options, cut, images, room, arrivalNanos);
    }
}
