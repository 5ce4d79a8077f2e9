package dev.waypost.layer.rewrite;

import dev.waypost.ExtendedError;
import dev.waypost.Query;
import dev.waypost.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Rcode;

/** Asks for another name, and may change the names of what comes back. */
public final class NameRule implements RewriteRule {
    private final NameMatch match;
    private final String to;
    private final List<AnswerNames> answers;

    /**
     * A rule for names.
     *
     * @param match which names
     * @param to what takes the place of what matches, lower case
     * @param answers what becomes of the names in responses, in the opposite order
     */
    public NameRule(NameMatch match, String to, List<AnswerNames> answers) {
        this.match = match;
        this.to = to;
        this.answers = List.copyOf(answers);
    }

    @Override
    public Outcome apply(Query query) {
        Optional<String> text = match.replaced(NameText.of(query.qname()), to);
        if (text.isEmpty()) {
            return Outcome.UNFIT;
        }
        Optional<Name> name = text.flatMap(NameText::parse);
        if (name.isEmpty()) {
            return new Refused(Response.failure(
                    Rcode.SERVFAIL, ExtendedError.OTHER, "no domain name after rewrite: " + text.get()));
        }
        return Rewritten.map(query.withQname(name.get()), response -> back(response, query.qname(), name.get()));
    }

    private Response back(Response response, Name asked, Name instead) {
        Response changed = response;
        for (int i = answers.size() - 1; i >= 0; i--) {
            changed = changed(changed, answers.get(i), asked, instead);
        }
        return changed;
    }

    private Response changed(Response response, AnswerNames answer, Name asked, Name instead) {
        if (answer instanceof AnswerNames.Owners owners) {
            return ResponseNames.withOwners(response, owners.change());
        }
        if (answer instanceof AnswerNames.Values values) {
            return ResponseNames.withValues(response, values.change());
        }
        UnaryOperator<Name> undo = undo(asked, instead);
        return ResponseNames.withValues(ResponseNames.withOwners(response, undo), undo);
    }

    private UnaryOperator<Name> undo(Name asked, Name instead) {
        UnaryOperator<Name> moved = name -> moved(name, instead, asked);
        if (!(match instanceof NameMatch.Suffix suffix)) {
            return moved;
        }
        // Of a suffix the opposite is known, so that other names under it can be led back as well.
        UnaryOperator<Name> opposite = AnswerNames.changing(new NameMatch.Suffix(to), suffix.suffix());
        return name -> name.equals(instead) ? asked : opposite.apply(name);
    }

    /** A name that is, or is below, another one, moved to below a third. */
    private static Name moved(Name name, Name from, Name below) {
        if (name.equals(from)) {
            return below; // in the client's spelling
        }
        try {
            return name.subdomain(from) ? Name.concatenate(name.relativize(from), below) : name;
        } catch (NameTooLongException cannotBe) {
            return name;
        }
    }
}
