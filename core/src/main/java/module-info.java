/** Waypost: DNS as a library. */
module dev.waypost {
    requires transitive org.dnsjava;
    requires static transitive org.jspecify;
}
