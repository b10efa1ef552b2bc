package io.keymux.packager.live;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.Track;
import io.keymux.cpix.TrackType;
import io.keymux.packager.codec.CodecReader;
import io.keymux.packager.codec.TrackCodec;
import io.keymux.packager.isobmff.InitReader;
import io.keymux.packager.isobmff.InitTrack;
import io.keymux.packager.job.Protection;
import io.keymux.packager.plan.TrackEncryptions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A live stream: its renditions, each with an initialization segment, and the keys that they share.
 *
 * <pre>
 * LiveStream stream = LiveStream.builder("channel7", exchange, protection)
 *     .rendition("video", videoInit)
 *     .rendition("audio", audioInit)
 *     .build();
 * SegmentEncryptor video = stream.encryptor("video");
 * publish(video.init(0));
 * publish(video.encrypt(segment).bytes());
 * </pre>
 *
 * <p>Safe for use by several threads; an encryptor is not.
 */
public final class LiveStream {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Map<String, LiveRendition> renditions;
  private final LiveKeys keys;

  private LiveStream(Map<String, LiveRendition> renditions, LiveKeys keys) {
    this.renditions = renditions;
    this.keys = keys;
  }

  /**
   * Begins a stream.
   *
   * @param contentId of the stream, {@code [A-Za-z0-9_-]{1,128}}
   * @param keys is asked once for each key period
   * @param protection in {@code cenc} or {@code cbcs}
   */
  public static Builder builder(String contentId, KeyExchange keys, Protection protection) {
    return new Builder(contentId, keys, protection);
  }

  public LiveKeys keys() {
    return keys;
  }

  /**
   * Manifests that begin: HLS and DASH of all renditions.
   *
   * @param settings of time
   */
  public LiveManifests manifests(LiveSettings settings) {
    return new LiveManifests(settings, renditions);
  }

  /**
   * An encryptor that begins. In counter mode its IVs start at a random place of 64 bits.
   *
   * @throws IllegalArgumentException if there is no rendition of that name
   */
  public SegmentEncryptor encryptor(String rendition) {
    return encryptor(rendition, new EncryptorState(Map.of()));
  }

  /**
   * An encryptor that goes on where another stopped.
   *
   * @param state of the other one; a track that it does not know begins
   * @throws IllegalArgumentException if there is no rendition of that name
   */
  public SegmentEncryptor encryptor(String rendition, EncryptorState state) {
    LiveRendition found = renditions.get(rendition);
    if (found == null) {
      throw new IllegalArgumentException(
          "no rendition " + rendition + " in " + renditions.keySet());
    }
    List<TrackCipher> ciphers = new ArrayList<>();
    for (LiveTrack track : found.tracks()) {
      Long known = state.nextIvs().get(track.init().trackId());
      ciphers.add(new TrackCipher(track, known == null ? RANDOM.nextLong() : known));
    }
    return new SegmentEncryptor(found, ciphers);
  }

  /** Collects renditions. */
  public static final class Builder {
    private final String contentId;
    private final KeyExchange exchange;
    private final Protection protection;
    private final Map<String, byte[]> inits = new LinkedHashMap<>();
    private double originSeconds;

    private Builder(String contentId, KeyExchange exchange, Protection protection) {
      this.contentId = contentId;
      this.exchange = exchange;
      this.protection = protection;
    }

    /**
     * Adds a rendition.
     *
     * @param name unique in the stream; also that of its track, to which the track's id is added if
     *     there are several
     * @param clearInit its initialization segment; copied
     */
    public Builder rendition(String name, byte[] clearInit) {
      if (inits.putIfAbsent(name, clearInit.clone()) != null) {
        throw new IllegalArgumentException("a second rendition " + name);
      }
      return this;
    }

    /**
     * The decode time at which the clear lead and the first key period begin; 0 if not set.
     *
     * @param seconds on the clock of the media
     */
    public Builder origin(double seconds) {
      originSeconds = seconds;
      return this;
    }

    /**
     * Reads the init segments; asks for no key yet.
     *
     * @throws DrmException with code {@code scheme-not-supported} unless it is {@code cenc} or
     *     {@code cbcs}, {@code invalid-iv} if an IV is given in counter mode, or as {@link
     *     InitReader} and {@link CodecReader} have it
     */
    public LiveStream build() {
      requireLive();
      Map<String, List<LiveTrack>> tracks = new LinkedHashMap<>();
      inits.forEach((name, init) -> tracks.put(name, tracks(name, init)));
      List<Track> all =
          tracks.values().stream().flatMap(List::stream).map(LiveTrack::track).toList();
      LiveKeys keys = new LiveKeys(exchange, contentId, protection, all);
      Map<String, LiveRendition> renditions = new LinkedHashMap<>();
      int first = 0;
      for (Map.Entry<String, List<LiveTrack>> of : tracks.entrySet()) {
        byte[] init = Objects.requireNonNull(inits.get(of.getKey()));
        renditions.put(
            of.getKey(),
            new LiveRendition(
                init, of.getValue(), first, contentId, protection, originSeconds, keys));
        first += of.getValue().size();
      }
      return new LiveStream(renditions, keys);
    }

    private void requireLive() {
      ProtectionScheme scheme = protection.scheme();
      if (scheme != ProtectionScheme.CENC && scheme != ProtectionScheme.CBCS) {
        throw new DrmException(
            Blame.UNSUPPORTED,
            "scheme-not-supported",
            "Segments are not encrypted one by one in " + scheme.fourCc() + ".",
            "Use cenc or cbcs.");
      }
      if (scheme == ProtectionScheme.CENC && protection.iv() != null) {
        throw new DrmException(
            Blame.CALLER,
            "invalid-iv",
            "An IV for all encryptors of a stream would be the same IV for several samples.",
            "Leave the IV out; each encryptor begins at its own and tells it in its state.");
      }
    }

    private List<LiveTrack> tracks(String name, byte[] init) {
      List<InitTrack> found = InitReader.read(name, init);
      List<LiveTrack> tracks = new ArrayList<>();
      for (InitTrack track : found) {
        String trackName = found.size() == 1 ? name : name + "-" + track.trackId();
        TrackCodec codec = CodecReader.read(track.entry(), track.type());
        boolean clear =
            track.type() == TrackType.TEXT || protection.clearTracks().contains(trackName);
        if (!clear) {
          TrackEncryptions.requireEncryptable(protection.scheme(), codec, trackName);
        }
        tracks.add(new LiveTrack(describe(trackName, track, codec), track, codec));
      }
      return tracks;
    }

    private static Track describe(String name, InitTrack init, TrackCodec codec) {
      boolean paced = init.type() == TrackType.VIDEO && init.defaultDuration() > 0;
      return new Track(
          name,
          init.type(),
          Set.of(name),
          init.language(),
          codec.codecs(),
          0,
          codec.width(),
          codec.height(),
          paced ? (double) init.timescale() / init.defaultDuration() : 0,
          codec.hdr(),
          codec.wcg(),
          codec.channels(),
          codec.sampleRate());
    }
  }
}
