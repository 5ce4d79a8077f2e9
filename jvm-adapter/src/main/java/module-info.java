/** The JVM's own resolver, answered by Waypost. */
module dev.waypost.jvm {
    requires transitive dev.waypost;
    requires static transitive org.jspecify;
}
