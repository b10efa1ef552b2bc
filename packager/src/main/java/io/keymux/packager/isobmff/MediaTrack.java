package io.keymux.packager.isobmff;

import io.keymux.cpix.TrackType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One track of an input movie.
 *
 * @param trackId as in the file, at least 1
 * @param timescale ticks a second, at least 1
 * @param language BCP-47, shortest form; {@code und} if the file does not say
 * @param entry the only sample entry (several are refused); as it was before encryption
 * @param display {@link Display#NONE} unless video
 * @param protection how samples are encrypted, or null if all are clear
 * @param groups that samples belong to, but for those of keys
 * @param events in the order of the file; of video if there is any, else of sound
 */
public record MediaTrack(
    int trackId,
    TrackType type,
    int timescale,
    String language,
    SampleEntry entry,
    Display display,
    EditList edit,
    SampleTable samples,
    @Nullable SampleProtection protection,
    List<SampleGroup> groups,
    List<EventMessage> events) {
  public MediaTrack {
    groups = List.copyOf(groups);
    events = List.copyOf(events);
  }

  /** Text that is read in the clear and from its first instant. */
  public static MediaTrack text(
      int timescale, String language, SampleEntry entry, SampleTable samples) {
    return new MediaTrack(
        1,
        TrackType.TEXT,
        timescale,
        language,
        entry,
        Display.NONE,
        EditList.NONE,
        samples,
        null,
        List.of(),
        List.of());
  }

  /** The same track with other samples, which are read in the clear: nothing is known of them. */
  public MediaTrack with(EditList newEdit, SampleTable newSamples) {
    return new MediaTrack(
        trackId,
        type,
        timescale,
        language,
        entry,
        display,
        newEdit,
        newSamples,
        null,
        List.of(),
        List.of());
  }

  MediaTrack with(List<EventMessage> newEvents) {
    return new MediaTrack(
        trackId,
        type,
        timescale,
        language,
        entry,
        display,
        edit,
        samples,
        protection,
        groups,
        newEvents);
  }
}
