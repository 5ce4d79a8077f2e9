/** Waypost: DNS as a library. */
module dev.waypost {
    requires transitive org.dnsjava;
    requires static transitive org.jspecify;

    exports dev.waypost;
    exports dev.waypost.corefile;
    exports dev.waypost.engine;
    exports dev.waypost.wire;
    exports dev.waypost.zone;

    uses dev.waypost.corefile.DirectiveFactory;
}
