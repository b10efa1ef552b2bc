package io.keymux.packager.isobmff;

import io.keymux.cpix.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * The entry of {@code stsd} that describes a track's samples, with its children untouched.
 *
 * <p>Always in plain ISO form, ready to be copied into an output: data reference 1, 32-bit size; a
 * QuickTime sound description becomes a version 0 entry with its configuration as a child.
 *
 * @param format its four-character code: {@code avc1}, {@code mp4a}
 * @param box the whole box with header
 * @param childrenOffset where the child boxes start in {@code box}, in bytes
 * @param children the child boxes in order
 * @param width of video in pixels, else 0
 * @param height of video in pixels, else 0
 * @param channels of audio as the entry says, else 0
 * @param sampleRate of audio in Hz as the entry says, else 0
 * @see "ISO/IEC 14496-12, 8.5.2 Sample Description Box"
 */
public record SampleEntry(
    String format,
    Bytes box,
    int childrenOffset,
    List<Child> children,
    int width,
    int height,
    int channels,
    int sampleRate) {

  /**
   * A child box.
   *
   * @param type four-character code
   * @param payload what follows the 8-byte header, with version and flags of a full box
   */
  public record Child(String type, Bytes payload) {}

  public SampleEntry {
    children = List.copyOf(children);
  }

  public Optional<Bytes> child(String type) {
    return children.stream().filter(c -> c.type().equals(type)).map(Child::payload).findFirst();
  }
}
