package dev.waypost.kubernetes.watch;

import dev.waypost.Ticker;
import dev.waypost.kubernetes.model.ApiObject;
import dev.waypost.kubernetes.model.JsonDocument;
import dev.waypost.kubernetes.model.ResourceKind;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What one watch has seen: written by its thread, read by any. */
final class WatchLog {
    private static final Logger LOG = System.getLogger("dev.waypost.kubernetes");

    private final String resource;
    private final String namespace;
    private final String service;
    private final Ticker ticker;
    private final Outages outages;
    private final ApiMeter meter;
    private OptionalLong lastList = OptionalLong.empty();
    private OptionalLong lastContact = OptionalLong.empty();
    private OptionalLong lastEvent = OptionalLong.empty();
    private OptionalLong lostSince = OptionalLong.empty();
    private long lists;
    private long watches;
    private long objectsSkipped;
    private long partsLeftOut;
    private String lastSkipped = "";
    private long octetsRead;
    private long lastReadNanos;
    private String lastError = "";
    private boolean forbidden;
    private boolean closed;

    /**
     * A log without an entry.
     *
     * @param kind what is watched
     * @param outages are told when contact is lost and found
     * @param meter is told how long events take
     */
    WatchLog(ResourceKind<?> kind, Ticker ticker, Outages outages, ApiMeter meter) {
        this.resource = kind.resource();
        this.namespace = kind.namespace();
        this.service = kind.service();
        this.ticker = ticker;
        this.outages = outages;
        this.meter = meter;
    }

    /** Notes a complete list. @return whether that ends a failure */
    synchronized boolean listed() {
        lists++;
        lastList = OptionalLong.of(ticker.nanoTime());
        return inTouch();
    }

    /** Notes an open watch. @return whether that ends a failure */
    synchronized boolean watching() {
        watches++;
        return inTouch();
    }

    private boolean inTouch() {
        boolean recovered = !lastError.isEmpty();
        lastContact = OptionalLong.of(ticker.nanoTime());
        lostSince = OptionalLong.empty();
        outages.over(this);
        lastError = "";
        forbidden = false;
        return recovered;
    }

    /** Notes a bookmark: the server is there, and nothing has changed. */
    synchronized void heard() {
        lastContact = OptionalLong.of(ticker.nanoTime());
    }

    /** Notes a change that the next look-up sees. */
    synchronized void changed() {
        long now = ticker.nanoTime();
        lastContact = OptionalLong.of(now);
        lastEvent = lastContact;
        meter.visible(resource, now - lastReadNanos); // its last octet came with the last read, or before it
    }

    synchronized void read(int octets) {
        octetsRead += octets;
        lastReadNanos = ticker.nanoTime();
    }

    synchronized long octetsRead() {
        return octetsRead;
    }

    /** Notes a failure. @return whether it is news: nothing had failed before it */
    synchronized boolean failed(String error, boolean byRbac) {
        forbidden = byRbac;
        boolean news = lastError.isEmpty();
        lastError = error;
        if (!closed && lostSince.isEmpty() && lastContact.isPresent()) {
            lostSince = lastContact;
            outages.lost(this, namespace, lastContact.getAsLong());
        }
        return news;
    }

    /** Whether an object just read can be used; what cannot is counted, and the first one is told aloud. */
    boolean isUsable(JsonDocument document, ApiObject object) {
        long before = skipped();
        boolean usable = note(document, object);
        if (!usable && before == 0) {
            LOG.log(
                    Level.WARNING,
                    () -> "one of the " + resource + " cannot be used and is passed over: " + status().lastSkipped()
                            + "; others like it are counted only");
        }
        return usable;
    }

    private synchronized long skipped() {
        return objectsSkipped;
    }

    private synchronized boolean note(JsonDocument document, ApiObject object) {
        int parts = document.takeLeftOutCount();
        String part = document.takeLeftOut();
        if (part != null) {
            partsLeftOut += parts;
            lastSkipped = object.key() + " at " + part;
        }
        @Nullable String fault = document.takeFault();
        if (fault != null) {
            objectsSkipped++;
            lastSkipped = object.key() + " at " + fault;
        }
        return fault == null;
    }

    /** The watch is no more, and with it what it was missing: its thread may tell of a failure yet. */
    synchronized void close() {
        closed = true;
        outages.over(this);
    }

    synchronized WatchStatus status() {
        return new WatchStatus(
                resource,
                namespace,
                service,
                lists > 0,
                lastList,
                lastContact,
                lastEvent,
                lostSince,
                lists,
                watches,
                objectsSkipped,
                partsLeftOut,
                lastSkipped,
                octetsRead,
                lastError,
                forbidden);
    }
}
