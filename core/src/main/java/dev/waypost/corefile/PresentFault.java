package dev.waypost.corefile;

import dev.waypost.ConfigurationException;
import dev.waypost.engine.EnginePlan;

/**
 * Attached to a plan: something that its Corefile names cannot be used as it is now, though it may be later without a word
 * changed. A server starts with it; whoever checks a Corefile wants to hear of it.
 *
 * @param fault what is wrong, with its place in the Corefile
 * @see EnginePlan#attachments
 */
public record PresentFault(ConfigurationException fault) {}
