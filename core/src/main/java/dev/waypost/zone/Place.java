package dev.waypost.zone;

import dev.waypost.ConfigurationException;

/**
 * Where a record stands, for faults.
 *
 * @param source what faults call the file, or words for what came from none
 * @param line from 1; 0 without a file
 */
record Place(String source, int line) {
    ConfigurationException fault(String fault) {
        return line == 0 ? ConfigurationException.of(source, fault) : ConfigurationException.at(source, line, fault);
    }
}
