/** Questions and answers, one file a topic; start reading at {@link dev.waypost.kubernetes.names.ClusterIpTest}. */
@NullMarked
package dev.waypost.kubernetes.names;

import org.jspecify.annotations.NullMarked;
