/**
 * The directives that core itself has; other modules bring theirs.
 *
 * <table>
 * <caption>Directives and what they add to a server block</caption>
 * <tr><td>root, bind, reload, view</td><td>settings</td></tr>
 * <tr><td>errors, log</td><td>observers</td></tr>
 * <tr><td>acl, bufsize, cancel, debug, dns64, header, loadbalance, metadata, minimal, nsid, rewrite</td>
 *     <td>layers</td></tr>
 * <tr><td>any, chaos, file, hosts, local, template, whoami</td><td>sources</td></tr>
 * </table>
 *
 * Start reading at {@link dev.waypost.corefile.directive.FileDirective}.
 */
@NullMarked
package dev.waypost.corefile.directive;

import org.jspecify.annotations.NullMarked;
