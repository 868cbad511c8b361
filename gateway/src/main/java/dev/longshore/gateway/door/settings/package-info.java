/** What the operator says of the door: sizes, patience, certificates, the origins of others' pages. */
@NullMarked
package dev.longshore.gateway.door.settings;

import org.jspecify.annotations.NullMarked;
