/** Takes one scan from its task to its findings. No transaction is open while the scanner runs. */
@NullMarked
package dev.longshore.scan.scanning;

import org.jspecify.annotations.NullMarked;
