/** Listeners that serve an engine on the network. */
module dev.waypost.socket {
    requires transitive dev.waypost;
    requires static transitive org.jspecify;
    requires io.prometheus.metrics.core;
    requires io.prometheus.metrics.model;
    requires io.prometheus.writer.text;
}
