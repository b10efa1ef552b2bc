package io.keymux.docs.temporal;

import java.util.List;

/**
 * What the history of a workflow keeps of a job; it holds no key.
 *
 * @param manifests relative to the output folder
 * @param samplesCompared how many samples of the output were decrypted and found to be the input's
 */
public record PackagedMovie(List<String> manifests, long samplesCompared) {}
