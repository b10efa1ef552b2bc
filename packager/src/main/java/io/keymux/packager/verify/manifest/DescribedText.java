package io.keymux.packager.verify.manifest;

import java.util.List;

/**
 * A playlist of WebVTT files.
 *
 * @param place its name
 * @param segments in order; those that cannot be read are left out
 */
public record DescribedText(String place, List<DescribedSegment> segments) {
  public DescribedText {
    segments = List.copyOf(segments);
  }
}
