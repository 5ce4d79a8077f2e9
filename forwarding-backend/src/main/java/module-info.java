import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.forwarding.CacheDirective;
import dev.waypost.forwarding.ForwardDirective;
import dev.waypost.forwarding.LoopDirective;

/** Upstream DNS, and the cache for its answers. */
module dev.waypost.forwarding {
    requires transitive dev.waypost;
    requires static transitive org.jspecify;
    requires com.github.benmanes.caffeine;
    requires java.net.http;

    exports dev.waypost.forwarding;

    provides DirectiveFactory with
            CacheDirective,
            ForwardDirective,
            LoopDirective;
}
