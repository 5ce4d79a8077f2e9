/** gRPC's NameResolver over an engine. */
module dev.waypost.grpc {
    requires transitive dev.waypost;
    requires transitive io.grpc;
    requires static transitive org.jspecify;

    exports dev.waypost.grpc;
}
