/** Tests of one service play the others. */
@NullMarked
package dev.longshore.testkit.service;

import org.jspecify.annotations.NullMarked;
