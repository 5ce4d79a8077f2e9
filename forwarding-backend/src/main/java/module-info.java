/** Upstream DNS, and the cache for its answers. */
module dev.waypost.forwarding {
    requires transitive dev.waypost;
    requires static transitive org.jspecify;
    requires com.github.benmanes.caffeine;
}
