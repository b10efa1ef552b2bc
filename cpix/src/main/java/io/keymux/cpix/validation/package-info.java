/**
 * Holds documents against CPIX 2.1 to 2.4 and SPEKE, and says where they differ, by which rule and
 * what to do. It reads trees only; it never looks for a file, a schema or an address.
 */
@NullMarked
package io.keymux.cpix.validation;

import org.jspecify.annotations.NullMarked;
