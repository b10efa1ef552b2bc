package io.keymux.testvectors.judge;

/**
 * A clear run and the protected run after it.
 *
 * @param clear 0 to 65535 bytes
 * @param covered bytes under protection; a pattern may leave some of them clear
 */
public record Subsample(int clear, int covered) {}
