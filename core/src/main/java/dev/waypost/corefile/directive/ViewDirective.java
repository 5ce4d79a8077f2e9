package dev.waypost.corefile.directive;

import dev.waypost.MetadataSource;
import dev.waypost.Query;
import dev.waypost.corefile.BlockContext;
import dev.waypost.corefile.DirectiveFactory;
import dev.waypost.corefile.Statement;
import dev.waypost.corefile.Token;
import dev.waypost.corefile.view.ViewExpression;
import dev.waypost.engine.View;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** {@code view NAME { expr EXPRESSION... }}: a server block for some queries of its zones. */
public final class ViewDirective implements DirectiveFactory {
    @Override
    public String name() {
        return "view";
    }

    @Override
    public void configure(Statement directive, BlockContext block) {
        String name = directive.onlyArgument("a name").text();
        if (directive.block().isEmpty()) {
            throw directive.keyword().fault("'view' wants an 'expr', found none");
        }
        MetadataSource labels = BlockMetadata.of(block);
        for (Statement option : directive.block()) {
            if (!option.name().equals("expr")) {
                throw option.unknownIn(directive);
            }
            ViewExpression expression = expression(option);
            Predicate<Query> condition = expression.condition();
            block.view(new View(
                    name,
                    query -> condition.test(query.withMetadata(label -> labels.value(label, query))),
                    expression.lasting()));
        }
        block.metadata((label, query) -> label.equals("view/name") ? Optional.of(name) : Optional.empty());
    }

    /** All words of the line: an expression has blanks. */
    private static ViewExpression expression(Statement option) {
        option.wantNoBlock();
        if (option.arguments().isEmpty()) {
            throw option.keyword().fault("'expr' wants an expression, found nothing");
        }
        String text = option.arguments().stream().map(Token::text).collect(Collectors.joining(" "));
        try {
            return ViewExpression.of(text);
        } catch (IllegalArgumentException unreadable) {
            throw option.arguments().get(0).fault(String.valueOf(unreadable.getMessage()));
        }
    }
}
