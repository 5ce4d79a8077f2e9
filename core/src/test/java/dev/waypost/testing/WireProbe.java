package dev.waypost.testing;

import dev.waypost.Client;
import dev.waypost.Query;
import dev.waypost.QueryObserver;
import dev.waypost.Resolver;
import dev.waypost.Transport;
import dev.waypost.tsig.TsigKey;
import dev.waypost.tsig.TsigKeys;
import dev.waypost.wire.ReplyPath;
import dev.waypost.wire.ReplyStream;
import dev.waypost.wire.Route;
import dev.waypost.wire.Routes;
import dev.waypost.wire.WirePolicy;
import dev.waypost.wire.WireResponder;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;

/**
 * A {@link WireResponder} over one resolver, with a fake clock, or an engine's: sends octets, gives back what would be sent. dnsjava
 * parses the replies, so that our writer is not read by our own reader.
 */
public final class WireProbe {
    /** What {@link #udp} and {@link #tcp} give when no reply is sent at once. */
    public static final byte[] NOTHING = {};

    /** For how long its streams may stand idle. */
    public static final Duration IDLE_TIMEOUT = Duration.ofMillis(12_340);

    private final FakeTicker ticker = new FakeTicker();
    private final List<Query> asked = new ArrayList<>();
    private final List<byte[]> sent = new ArrayList<>();
    private final List<ReplyStream> streams = new ArrayList<>();
    private final WireResponder responder;
    private InetAddress sender = InetAddress.getLoopbackAddress();
    private TsigKeys keys = TsigKeys.NONE;
    private WirePolicy policy = WirePolicy.OPEN;
    private int dropped;
    private int lastResult;

    private WireProbe(Resolver resolver, int imageSlots, List<QueryObserver> observers) {
        Resolver noting = query -> {
            asked.add(query);
            return resolver.resolve(query);
        };
        Route route = new Route("dns://:53", "example.", noting, observers);
        Route none = new Route("dns://:53", "dropped", noting, observers);
        Routes routes = new Routes() {
            @Override
            public Route route(Name qname, int qtype) {
                return route;
            }

            @Override
            public Route dropped() {
                return none;
            }

            @Override
            public TsigKeys keys() {
                return keys;
            }
        };
        this.responder = new WireResponder(routes, imageSlots, ticker);
    }

    private WireProbe(WireResponder responder) {
        this.responder = responder;
    }

    /** At a door that is there already: an engine's. */
    public static WireProbe at(WireResponder responder) {
        return new WireProbe(responder);
    }

    /** Without images: every query reaches the resolver. */
    public static WireProbe over(Resolver resolver, QueryObserver... observers) {
        return new WireProbe(resolver, 0, List.of(observers));
    }

    /** With a table of images. */
    public static WireProbe imaging(int imageSlots, Resolver resolver, QueryObserver... observers) {
        return new WireProbe(resolver, imageSlots, List.of(observers));
    }

    /** What is sent from now on comes from this address. */
    public WireProbe from(InetAddress address) {
        sender = address;
        return this;
    }

    /** The same, with keys that queries may be signed with. */
    public WireProbe knowing(TsigKey... known) {
        keys = TsigKeys.of(known);
        return this;
    }

    /** Clients are met by this policy from now on. */
    public WireProbe under(WirePolicy value) {
        policy = value;
        return this;
    }

    /** The reply to a datagram; {@link #NOTHING} for none. */
    public byte[] udp(byte[] query) {
        return reply(query, new byte[1232], Transport.UDP);
    }

    /** The reply to a message of a stream; {@link #NOTHING} for none. */
    public byte[] tcp(byte[] query) {
        return reply(query, new byte[65535], Transport.TCP);
    }

    /** The reply to a message of a TLS stream, as dnsjava reads it. */
    public Message tlsMessage(byte[] query) {
        return parsed(reply(query, new byte[65535], Transport.TLS));
    }

    /** The reply in a buffer of the given size. */
    public byte[] reply(byte[] query, byte[] buffer, Transport transport) {
        byte[] before = query.clone();
        lastResult = responder.respond(query, query.length, buffer, path(transport), policy);
        if (!Arrays.equals(before, query)) {
            throw new AssertionError("the query's octets were changed");
        }
        return lastResult > 0 ? Arrays.copyOf(buffer, lastResult) : NOTHING;
    }

    /** The reply to a datagram, as dnsjava reads it. */
    public Message udpMessage(byte[] query) {
        return parsed(udp(query));
    }

    /** The reply on a stream, as dnsjava reads it. */
    public Message tcpMessage(byte[] query) {
        return parsed(tcp(query));
    }

    /** The messages of a reply that has several, on a stream, as dnsjava reads them. */
    public List<Message> tcpMessages(byte[] query) {
        int before = streams.size();
        if (tcp(query) != NOTHING || streams.size() != before + 1) {
            throw new AssertionError("a reply of several messages was expected");
        }
        List<Message> messages = new ArrayList<>();
        byte[] space = new byte[65535];
        for (int size = streams.get(before).next(space);
                size > 0;
                size = streams.get(before).next(space)) {
            messages.add(parsed(Arrays.copyOf(space, size)));
        }
        return messages;
    }

    /** A message as dnsjava reads it. */
    public static Message parsed(byte[] octets) {
        try {
            return new Message(octets);
        } catch (IOException unreadable) {
            throw new AssertionError("dnsjava cannot read " + Arrays.toString(octets), unreadable);
        }
    }

    private ReplyPath path(Transport transport) {
        Client client = new Client(sender, 40000, transport);
        return new ReplyPath() {
            @Override
            public Client client() {
                return client;
            }

            @Override
            public Optional<Duration> idleTimeout() {
                return transport.isDatagram() ? Optional.empty() : Optional.of(IDLE_TIMEOUT);
            }

            @Override
            public void send(byte[] reply) {
                sent.add(reply);
            }

            @Override
            public void send(ReplyStream messages) {
                streams.add(messages);
            }

            @Override
            public void dropped() {
                dropped++;
            }
        };
    }

    public WireResponder responder() {
        return responder;
    }

    public FakeTicker ticker() {
        return ticker;
    }

    /** What {@link WireResponder#respond} last returned. */
    public int lastResult() {
        return lastResult;
    }

    /** The queries that reached the resolver. */
    public List<Query> asked() {
        return asked;
    }

    /** The replies that were sent later. */
    public List<byte[]> sent() {
        return sent;
    }

    /** The replies of several messages, which nobody has read yet. */
    public List<ReplyStream> streams() {
        return streams;
    }

    /** How many replies were given up. */
    public int dropped() {
        return dropped;
    }
}
