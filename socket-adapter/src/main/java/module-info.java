/** Listeners that serve an engine on the network, and its HTTP endpoints. */
module dev.waypost.socket {
    requires transitive dev.waypost;
    requires static transitive org.jspecify;
    requires io.prometheus.metrics.config;
    requires io.prometheus.metrics.model;
    requires io.prometheus.writer.text;

    exports dev.waypost.socket;
    exports dev.waypost.socket.transfer;
    exports dev.waypost.socket.tls;

    provides dev.waypost.corefile.DirectiveFactory with
            dev.waypost.socket.HealthDirective,
            dev.waypost.socket.ReadyDirective,
            dev.waypost.socket.PrometheusDirective,
            dev.waypost.socket.directive.CookiesDirective,
            dev.waypost.socket.directive.MultisocketDirective,
            dev.waypost.socket.directive.RrlDirective,
            dev.waypost.socket.directive.TimeoutsDirective,
            dev.waypost.socket.directive.TlsDirective,
            dev.waypost.socket.transfer.SecondaryDirective,
            dev.waypost.socket.transfer.TransferDirective;
}
