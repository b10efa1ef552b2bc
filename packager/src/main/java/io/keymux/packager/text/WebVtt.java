package io.keymux.packager.text;

import java.util.List;

/**
 * A WebVTT document.
 *
 * @param header the first line, the lines below it, and each STYLE and REGION block behind an empty
 *     line; begins with {@code WEBVTT}, ends without LF
 * @param cues by their start; cues that start together are in the order of the document
 */
public record WebVtt(String header, List<Cue> cues) {
  public WebVtt {
    cues = List.copyOf(cues);
  }
}
