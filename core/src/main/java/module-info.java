/** Waypost: DNS as a library. */
module dev.waypost {
    requires transitive org.dnsjava;
    requires static transitive org.jspecify;
    requires transitive jdk.jfr;

    exports dev.waypost;
    exports dev.waypost.corefile;
    exports dev.waypost.dnsjava;
    exports dev.waypost.engine;
    exports dev.waypost.jfr;
    exports dev.waypost.layer;
    exports dev.waypost.layer.template;
    exports dev.waypost.layer.pattern;
    exports dev.waypost.layer.rewrite;
    exports dev.waypost.lookup;
    exports dev.waypost.pem;
    exports dev.waypost.transfer;
    exports dev.waypost.tsig;
    exports dev.waypost.wire;
    exports dev.waypost.wire.policy;
    exports dev.waypost.zone;

    uses dev.waypost.corefile.DirectiveFactory;

    provides dev.waypost.corefile.DirectiveFactory with
            dev.waypost.corefile.directive.AclDirective,
            dev.waypost.corefile.directive.AnyDirective,
            dev.waypost.corefile.directive.AutoDirective,
            dev.waypost.corefile.directive.BindDirective,
            dev.waypost.corefile.directive.BufsizeDirective,
            dev.waypost.corefile.directive.CancelDirective,
            dev.waypost.corefile.directive.ChaosDirective,
            dev.waypost.corefile.directive.DebugDirective,
            dev.waypost.corefile.directive.Dns64Directive,
            dev.waypost.corefile.directive.ErrorsDirective,
            dev.waypost.corefile.directive.FileDirective,
            dev.waypost.corefile.directive.HeaderDirective,
            dev.waypost.corefile.directive.HostsDirective,
            dev.waypost.corefile.directive.LoadbalanceDirective,
            dev.waypost.corefile.directive.LocalDirective,
            dev.waypost.corefile.directive.LogDirective,
            dev.waypost.corefile.directive.MetadataDirective,
            dev.waypost.corefile.directive.MinimalDirective,
            dev.waypost.corefile.directive.NsidDirective,
            dev.waypost.corefile.directive.ReloadDirective,
            dev.waypost.corefile.directive.RewriteDirective,
            dev.waypost.corefile.directive.RootDirective,
            dev.waypost.corefile.directive.TemplateDirective,
            dev.waypost.corefile.directive.TsigDirective,
            dev.waypost.corefile.directive.ViewDirective,
            dev.waypost.corefile.directive.WhoamiDirective;
}
