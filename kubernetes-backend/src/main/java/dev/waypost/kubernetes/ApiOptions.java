package dev.waypost.kubernetes;

import dev.waypost.ConfigurationException;
import dev.waypost.Ticker;
import dev.waypost.kubernetes.snapshot.Extent;
import dev.waypost.kubernetes.warm.SnapshotFile;
import dev.waypost.kubernetes.watch.ApiAccess;
import dev.waypost.kubernetes.watch.LimitedAccess;
import dev.waypost.kubernetes.watch.RequestLimit;
import dev.waypost.kubernetes.watch.WatchSetting;
import dev.waypost.kubernetes.watch.WatchTimings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What only a cluster behind an API is told; each option is used or refused. For one thread. */
final class ApiOptions {
    private static final Duration STALE_AFTER = Duration.ofMinutes(1);

    private final Set<String> given = new LinkedHashSet<>();
    private ApiAccess.TlsFiles tls = ApiAccess.TlsFiles.NONE;
    private Optional<String> token = Optional.empty();
    private Ticker ticker = Ticker.SYSTEM;
    private WatchTimings timings = WatchTimings.DEFAULT;
    private Duration staleAfter = STALE_AFTER;
    private Optional<Duration> unreadyAfter = Optional.empty();
    private Optional<OnDemand> onDemand = Optional.empty();
    private Optional<WarmFile> warmFile = Optional.empty();
    private RequestLimit limit = RequestLimit.NONE;

    void tls(Path certificate, Path key, Path authority) {
        tls = new ApiAccess.TlsFiles(Optional.of(certificate), Optional.of(key), Optional.of(authority));
    }

    void authority(Path file) {
        tls = new ApiAccess.TlsFiles(tls.certificate(), tls.key(), Optional.of(file));
    }

    void token(String text) {
        token = Optional.of(text);
    }

    void ticker(Ticker clock) {
        ticker = clock;
    }

    void timings(WatchTimings waiting) {
        timings = waiting;
    }

    void staleAfter(Duration age) {
        staleAfter = age("stale_after", age);
    }

    void unreadyAfter(Duration age) {
        unreadyAfter = Optional.of(age("unready_after", age));
    }

    void onDemand(OnDemand bounds) {
        onDemand = Optional.of(bounds);
        given.add("on_demand");
    }

    void warmStart(Path file, Duration most) {
        warmFile = Optional.of(new WarmFile(file, age("snapshot", most)));
    }

    /** Where the last snapshot is kept, and how old it may be. */
    private record WarmFile(Path path, Duration most) {}

    /** The file of the last snapshot. @param source which part of which cluster */
    Optional<SnapshotFile> snapshotFile(String source) {
        return warmFile.map(file -> new SnapshotFile(file.path(), source, file.most()));
    }

    /** Refuses what a snapshot does not hold. @param imports whether services of other clusters are learned */
    void checkSnapshot(boolean imports) {
        if (warmFile.isPresent() && onDemand.isPresent()) {
            throw fault("wants either 'snapshot' or 'on_demand', found both");
        }
        if (warmFile.isPresent() && imports) {
            throw fault("'snapshot' holds no imported services, found 'multicluster'");
        }
    }

    private Duration age(String option, Duration age) {
        if (age.isNegative()) {
            throw fault("'" + option + "' wants a time from 0 s on, found " + age);
        }
        given.add(option);
        return age;
    }

    void requestRate(double perSecond) {
        limit = new RequestLimit(bound("apiserver_qps", perSecond), limit.burst(), limit.inFlight());
    }

    void requestBurst(int requests) {
        limit = new RequestLimit(limit.perSecond(), (int) bound("apiserver_burst", requests), limit.inFlight());
    }

    void requestsInFlight(int requests) {
        limit = new RequestLimit(limit.perSecond(), limit.burst(), (int) bound("apiserver_max_inflight", requests));
    }

    private double bound(String option, double value) {
        if (!(value >= 0 && value <= Integer.MAX_VALUE)) {
            throw fault("'" + option + "' wants a number from 0 on, found " + value);
        }
        if (value > 0) {
            given.add(option);
        }
        return value;
    }

    /** The API server within the bounds that are told; 0 is none, as for CoreDNS. */
    LimitedAccess limited(ApiAccess access) {
        return new LimitedAccess(access, limit, ticker);
    }

    Ticker ticker() {
        return ticker;
    }

    Duration staleAfter() {
        return staleAfter;
    }

    Optional<Duration> unreadyAfter() {
        return unreadyAfter;
    }

    Optional<OnDemand> onDemand() {
        return onDemand;
    }

    /** What is listed, each by itself: nothing before it is asked for, or the namespaces, or all. */
    List<Extent> extents(Set<String> namespaces) {
        return onDemand.isPresent() ? List.of() : WatchScope.extents(namespaces);
    }

    ApiAccess url(URI url) {
        return ApiAccess.url(url, tls, token);
    }

    WatchSetting setting() {
        return WatchSetting.of(ticker).withTimings(timings);
    }

    /** Refuses what another source than an API could not use. @param source what is used, for a person to read */
    void wantNone(String source) {
        if (!given.isEmpty()) {
            throw fault("'" + given.iterator().next() + "' wants a cluster behind an API, found " + source);
        }
        wantNoCredentials(source);
    }

    /** A kubeconfig and a pod's service account bring their own, and files need none. */
    void wantNoCredentials(String source) {
        if (token.isPresent()) {
            throw misplaced("token", source);
        }
        if (tls.certificate().isPresent() || tls.authority().isPresent()) {
            throw misplaced(tls.certificate().isPresent() ? "tls" : "authority", source);
        }
    }

    private static ConfigurationException misplaced(String option, String source) {
        return fault("'" + option + "' wants api(url), found " + source);
    }

    void wantOneCredential() {
        if (token.isPresent() && tls.certificate().isPresent()) {
            throw fault("wants either 'token' or a client certificate, found both");
        }
    }

    private static ConfigurationException fault(String message) {
        return ConfigurationException.of(KubernetesBackendBuilder.PLACE, message);
    }
}
