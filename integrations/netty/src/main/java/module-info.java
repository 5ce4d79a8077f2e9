/** Netty's address resolver over an engine. */
module dev.waypost.netty {
    requires transitive dev.waypost;
    requires transitive io.netty.resolver;
    requires transitive io.netty.common;
    requires static transitive org.jspecify;

    exports dev.waypost.netty;
}
