@NullMarked
package io.keymux.cpix.validation;

import org.jspecify.annotations.NullMarked;
