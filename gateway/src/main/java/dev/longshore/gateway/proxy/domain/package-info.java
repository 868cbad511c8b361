/** Which service owns which path, and which headers go on. No framework. */
@NullMarked
package dev.longshore.gateway.proxy.domain;

import org.jspecify.annotations.NullMarked;
