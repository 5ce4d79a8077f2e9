/** The Kubernetes API as DNS records. */
module dev.waypost.kubernetes {
    requires transitive dev.waypost;
    requires static transitive org.jspecify;
    requires io.kubernetes.client.java;
    requires io.kubernetes.client.java.api;
    requires okhttp3;
    requires com.fasterxml.jackson.core;
    requires org.yaml.snakeyaml;

    exports dev.waypost.kubernetes;
    exports dev.waypost.kubernetes.kubedns;

    provides dev.waypost.corefile.DirectiveFactory with
            dev.waypost.kubernetes.ExternalDirective,
            dev.waypost.kubernetes.KubernetesDirective,
            dev.waypost.kubernetes.autopath.AutopathDirective;
}
