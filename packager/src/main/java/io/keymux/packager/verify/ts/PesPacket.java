package io.keymux.packager.verify.ts;

import io.keymux.cpix.Bytes;

/**
 * A PES packet.
 *
 * @param place where it begins, for messages
 * @param pts of 33 bits, or -1 if it has none
 * @param dts of 33 bits; the PTS if it has none
 * @param randomAccess as its first packet says
 * @param data behind the header
 */
public record PesPacket(String place, long pts, long dts, boolean randomAccess, Bytes data) {}
