package dev.waypost.layer.template;

/**
 * A text with gaps: the part of Go's text/template that records need, as Corefiles write it.
 *
 * <p>There are {@code if}, {@code else}, {@code with}, {@code range}, variables and pipelines, the functions {@code and or
 * not eq ne lt le gt ge index len slice print println printf parseInt}, and the data of {@link TemplateResolver}. What
 * is filled in is bounded in length and work. Immutable, and safe for any number of threads.
 */
public final class TemplateText {
    private final String text;
    private final Node root;

    private TemplateText(String text, Node root) {
        this.text = text;
        this.root = root;
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException for one that cannot be read
     */
    public static TemplateText of(String text) {
        try {
            return new TemplateText(text, new TemplateReader(text).read());
        } catch (TemplateFault unreadable) {
            throw new IllegalArgumentException(
                    "a template is wanted (" + unreadable.getMessage() + "), found \"" + text + "\"", unreadable);
        }
    }

    /**
     * The text for some data.
     *
     * @throws TemplateFault where the data does not fit
     */
    String filled(Value data) {
        Scope scope = new Scope(data);
        root.write(scope);
        return scope.text();
    }

    @Override
    public String toString() {
        return text;
    }
}
