package dev.waypost.forwarding.transport;

import dev.waypost.forwarding.message.Arrival;
import dev.waypost.forwarding.message.UpstreamQuery;
import dev.waypost.forwarding.message.UpstreamReply;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * DNS over HTTPS (RFC 8484) with the JDK's client: HTTP/2 where the upstream has it. The URL holds an address, never a name:
 * the client would look a name up in this JVM, whose resolver may be this very forwarder.
 */
public final class HttpsTransport implements UpstreamTransport {
    /** Requests to one upstream at once: as many streams as every HTTP/2 server allows (RFC 9113 section 6.5.2). */
    public static final int MOST_AT_ONCE = 100;

    private static final String MEDIA_TYPE = "application/dns-message";
    /** The same question is to be the same request, so that HTTP caches may answer it: RFC 8484 section 4.1. */
    private static final int ID = 0;

    private final IoLoop loop;
    private final HttpClient client;
    private final URI url;
    private final boolean get;
    private final Queue<Exchange> queue = new ArrayDeque<>();
    private final Set<Exchange> underWay = new HashSet<>();
    /** Before the first reply each request would make a connection of its own: the JDK shares one only when it stands. */
    private boolean connected;

    /**
     * @param url its host an address literal
     * @param get whether queries go as GET; as POST otherwise
     */
    public HttpsTransport(IoLoop loop, HttpClient client, URI url, boolean get) {
        this.loop = loop;
        this.client = client;
        this.url = url;
        this.get = get;
    }

    @Override
    public void carry(Ask ask) {
        Exchange exchange = new Exchange(ask);
        queue.add(exchange);
        sendNext();
    }

    @Override
    public void close() {
        queue.clear();
        Set.copyOf(underWay).forEach(each -> each.end(Outcome.failed(Outcome.Cause.CLOSED)));
    }

    private HttpRequest request(byte[] message) {
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .header("Accept", MEDIA_TYPE)
                .header("User-Agent", "waypost"); // the JDK's own tells its version: RFC 8484 section 8.2
        if (get) {
            String query = Base64.getUrlEncoder().withoutPadding().encodeToString(message);
            return request.uri(URI.create(url + "?dns=" + query)).build();
        }
        return request.uri(url)
                .header("Content-Type", MEDIA_TYPE)
                .POST(HttpRequest.BodyPublishers.ofByteArray(message))
                .build();
    }

    /** Why a reply with this head is none; empty for one with a DNS message. */
    private static String refusal(HttpResponse.ResponseInfo head) {
        if (head.statusCode() != 200) {
            return "status " + head.statusCode();
        }
        String type = head.headers().firstValue("Content-Type").orElse("nothing");
        return type.split(";", 2)[0].strip().equalsIgnoreCase(MEDIA_TYPE) ? "" : "content of type " + type;
    }

    /** One query and its reply. */
    private final class Exchange {
        private final Ask ask;
        private final UpstreamQuery query;
        private final Timer timer;
        private @Nullable CompletableFuture<HttpResponse<byte[]>> request;
        private volatile String refusal = "";
        private boolean sentAgain;
        private boolean over;

        Exchange(Ask ask) {
            this.ask = ask;
            this.query = UpstreamQuery.of(ask.question(), ask.form().withMixedCase(false), ID, loop.random());
            this.timer = loop.at(ask.deadlineNanos(), () -> end(Outcome.failed(Outcome.Cause.TIMEOUT)));
        }

        void send() {
            if (over) {
                return;
            }
            CompletableFuture<HttpResponse<byte[]>> sent = client.sendAsync(request(query.message()), this::body);
            request = sent;
            var unused = sent.whenComplete((reply, fault) -> loop.execute(() -> arrived(reply, fault)));
        }

        /** Called by the client: what it is not to read, it tells of in its own words or not at all. */
        private HttpResponse.BodySubscriber<byte[]> body(HttpResponse.ResponseInfo head) {
            refusal = refusal(head);
            return new BoundedBody(refusal.isEmpty(), () -> refusal = "a body of more than 65535 octets");
        }

        private void arrived(@Nullable HttpResponse<byte[]> reply, @Nullable Throwable fault) {
            if (over) {
                return;
            }
            if (!refusal.isEmpty()) {
                end(new Outcome.Failed(Outcome.Cause.REFUSED_BY_HTTP, refusal));
            } else if (reply != null) {
                end(read(reply));
            } else if (isCut(fault) && !sentAgain) {
                sentAgain = true; // a kept connection was closed: the JDK repeats a GET by itself, a POST not
                send();
            } else {
                end(failure(fault));
            }
        }

        private Outcome read(HttpResponse<byte[]> reply) {
            Arrival arrival = UpstreamReply.read(ByteBuffer.wrap(reply.body()), query);
            return arrival instanceof Arrival.Ours ours
                    ? new Outcome.Replied(ours.reply().aged(age(reply)), false)
                    : Outcome.failed(Outcome.Cause.MALFORMED);
        }

        void end(Outcome outcome) {
            if (over) {
                return;
            }
            over = true;
            timer.cancel();
            if (request != null) {
                request.cancel(true);
            }
            if (!underWay.remove(this)) {
                queue.remove(this);
            }
            connected = outcome instanceof Outcome.Replied || connected && !isUnreached(outcome);
            sendNext();
            ask.done().accept(outcome);
        }
    }

    private void sendNext() {
        while (underWay.size() < (connected ? MOST_AT_ONCE : 1)) {
            Exchange next = queue.poll();
            if (next == null) {
                return;
            }
            underWay.add(next);
            loop.later(next::send);
        }
    }

    private static boolean isUnreached(Outcome outcome) {
        return outcome instanceof Outcome.Failed failed
                && (failed.cause() == Outcome.Cause.UNREACHABLE || failed.cause() == Outcome.Cause.CUT);
    }

    /** Seconds that the answer lay in HTTP caches: its TTLs are less by them (RFC 8484 section 5.1). */
    private static int age(HttpResponse<byte[]> reply) {
        try {
            long seconds = reply.headers().firstValueAsLong("Age").orElse(0);
            return (int) Math.max(0, Math.min(seconds, Duration.ofDays(7).toSeconds()));
        } catch (NumberFormatException unreadable) {
            return 0;
        }
    }

    private static boolean isCut(@Nullable Throwable fault) {
        Throwable cause = cause(fault);
        return cause instanceof IOException
                && !(cause instanceof SSLException)
                && !(cause instanceof ConnectException)
                && !(cause instanceof HttpConnectTimeoutException);
    }

    private static Outcome failure(@Nullable Throwable fault) {
        Throwable cause = cause(fault);
        String detail = cause == null ? "" : String.valueOf(cause.getMessage());
        if (cause instanceof SSLException) {
            return new Outcome.Failed(Outcome.Cause.UNTRUSTED, detail);
        }
        if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
            return Outcome.failed(Outcome.Cause.UNREACHABLE);
        }
        return new Outcome.Failed(Outcome.Cause.CUT, detail);
    }

    /** What is behind the wrappings, an {@link SSLException} above all. */
    private static @Nullable Throwable cause(@Nullable Throwable fault) {
        Throwable cause = fault;
        while (cause != null && cause.getCause() != null) {
            if (cause instanceof SSLException || cause instanceof ConnectException) {
                return cause;
            }
            boolean wrapped = cause instanceof CompletionException || cause instanceof IOException;
            if (!wrapped) {
                return cause;
            }
            cause = cause.getCause();
        }
        return cause;
    }
}
