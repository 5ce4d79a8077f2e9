/** The JVM's own resolver, answered by Waypost. */
module dev.waypost.jvm {
    requires transitive dev.waypost;
    requires static transitive org.jspecify;

    exports dev.waypost.jvm;

    provides java.net.spi.InetAddressResolverProvider with
            dev.waypost.jvm.WaypostResolverProvider;
}
