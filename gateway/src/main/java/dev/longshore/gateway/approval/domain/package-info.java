/** An approval's rules. Knows no framework. */
@NullMarked
package dev.longshore.gateway.approval.domain;

import org.jspecify.annotations.NullMarked;
