/** Micrometer's meters over an engine. */
module dev.waypost.micrometer {
    requires transitive dev.waypost;
    requires transitive micrometer.core;
    requires static transitive org.jspecify;

    exports dev.waypost.micrometer;
}
