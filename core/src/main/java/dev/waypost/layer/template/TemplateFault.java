package dev.waypost.layer.template;

/** A template that cannot be read, or not be filled for one query. */
final class TemplateFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TemplateFault(String message) {
        super(message, null, false, false); // for a message: no stack is written for every query
    }
}
