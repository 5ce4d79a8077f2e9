package dev.waypost.corefile.directive;

import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;
import dev.waypost.layer.AnswerRotation;
import java.util.List;

/** {@code loadbalance [round_robin]}: address records in another order at every reply. */
public final class LoadbalanceDirective implements DirectiveFactory {
    private static final List<String> NOT_YET = List.of("weighted", "prefer");

    @Override
    public String name() {
        return "loadbalance";
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        if (!directive.arguments().isEmpty()) {
            Token policy = directive.arguments().get(0);
            if (NOT_YET.contains(policy.text())) {
                throw policy.fault("policy '" + policy.text() + "' of 'loadbalance' is not supported yet");
            }
            if (!directive.onlyArgument("a policy").text().equals("round_robin")) {
                throw policy.unexpected("loadbalance", "round_robin");
            }
        }
        directive.wantNoBlock();
        block.layer(new AnswerRotation());
    }
}
