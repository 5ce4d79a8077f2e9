/** Doubles for the tests of programs that use Waypost. */
module dev.waypost.testkit {
    requires transitive dev.waypost;
    requires transitive dev.waypost.kubernetes;
    requires static transitive org.jspecify;
    requires static transitive org.assertj.core;

    exports dev.waypost.testkit;
}
