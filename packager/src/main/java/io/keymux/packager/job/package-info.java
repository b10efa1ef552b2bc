/** What a caller asks for and what it is told: the job, its progress, its cancellation. */
@NullMarked
package io.keymux.packager.job;

import org.jspecify.annotations.NullMarked;
