package io.keymux.packager.isobmff;

import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.BoxReader.Box;
import io.keymux.cpix.box.MalformedBoxException;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.input.MemorySource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads an initialization segment alone, before any of its media is there.
 *
 * @see "ISO/IEC 14496-12, 8.8.1 Movie Extends Box; ISO/IEC 23000-19, 7.3.1 CMAF header"
 */
public final class InitReader {
  private InitReader() {}

  /**
   * Tracks of video, audio and text, in the order of the file.
   *
   * @param name of the segment, for messages
   * @throws io.keymux.cpix.DrmException with code {@code malformed-mp4} if it is no initialization
   *     segment, {@code input-encrypted} if a track is encrypted already, {@code no-tracks} if it
   *     has none
   */
  public static List<InitTrack> read(String name, byte[] init) {
    MediaSource source = new MemorySource(name, init);
    try {
      MovieBox movie = MovieBox.read(moov(init), false, new SampleBudget(source), source);
      List<InitTrack> tracks = new ArrayList<>();
      for (TrackDraft track : movie.tracks().values()) {
        TrackExtends defaults = movie.defaults().get(track.trackId());
        if (track.type() != null && defaults != null) {
          tracks.add(track.init(source, defaults));
        }
      }
      if (tracks.isEmpty()) {
        throw BadInput.noTracks(source);
      }
      return tracks;
    } catch (MalformedBoxException e) {
      throw BadInput.malformed(source, e);
    }
  }

  /**
   * How an initialization segment says that its tracks are encrypted, by track ID; clear ones are
   * left out.
   *
   * @param name of the segment, for messages
   * @throws io.keymux.cpix.DrmException with code {@code malformed-mp4} if it is none
   */
  public static Map<Integer, ProtectionSetting> protection(String name, byte[] init) {
    MediaSource source = new MemorySource(name, init);
    try {
      MovieBox movie = MovieBox.read(moov(init), false, new SampleBudget(source), source);
      Map<Integer, ProtectionSetting> settings = new LinkedHashMap<>();
      for (TrackDraft track : movie.tracks().values()) {
        track.setting().ifPresent(setting -> settings.put(track.trackId(), setting));
      }
      return settings;
    } catch (MalformedBoxException e) {
      throw BadInput.malformed(source, e);
    }
  }

  private static Box moov(byte[] init) {
    BoxReader reader = new BoxReader(init, 0);
    while (reader.hasRemaining()) {
      Box box = reader.box();
      if (box.name().equals("moov")) {
        return box;
      }
    }
    throw new MalformedBoxException(0, "an initialization segment without moov");
  }
}
