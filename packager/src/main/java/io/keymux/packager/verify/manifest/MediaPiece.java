package io.keymux.packager.verify.manifest;

import java.nio.file.Path;

/**
 * A range of a file that exists.
 *
 * @param name of the file relative to the presentation's folder, with {@code /}
 * @param offset of the first byte
 * @param length in bytes; the range lies inside the file
 */
public record MediaPiece(String name, Path file, long offset, long length) {}
