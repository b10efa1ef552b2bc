package io.keymux.packager.verify.ts;

import io.keymux.cpix.Bytes;

/**
 * A stream as the PMT names it.
 *
 * @param index of its place in the PMT, from 0
 * @param type {@code stream_type}
 * @param descriptors as they stand there
 */
public record TsStream(int index, int pid, int type, Bytes descriptors) {}
