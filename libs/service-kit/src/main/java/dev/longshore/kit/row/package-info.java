/** What services do with rows of their own, where Hibernate Reactive's way is not safe. */
@NullMarked
package dev.longshore.kit.row;

import org.jspecify.annotations.NullMarked;
