package io.keymux.packager.media;

import static io.keymux.cpix.DrmSystem.CLEARKEY;
import static io.keymux.cpix.DrmSystem.FAIRPLAY;
import static io.keymux.cpix.DrmSystem.PLAYREADY;
import static io.keymux.cpix.DrmSystem.WIDEVINE;
import static io.keymux.cpix.ProtectionScheme.CBCS;
import static io.keymux.cpix.ProtectionScheme.CENC;
import static io.keymux.packager.media.Layout.SEGMENTS;
import static io.keymux.packager.media.Layout.SINGLE_FILE;

import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.packager.image.ImageFile;
import io.keymux.packager.image.ImageFormat;
import io.keymux.packager.input.InputFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A case that has golden manifests.
 *
 * @param folder of its golden files
 */
public record TestPresentation(String folder, Presentation presentation) {

  public static List<TestPresentation> all() {
    return List.of(
        new TestPresentation("clear-segments", ladder(SEGMENTS, null, false)),
        new TestPresentation(
            "preset0-cenc-segments", ladder(SEGMENTS, CENC, false, WIDEVINE, PLAYREADY, CLEARKEY)),
        new TestPresentation(
            "preset1-cenc-single", ladder(SINGLE_FILE, CENC, true, WIDEVINE, PLAYREADY)),
        new TestPresentation(
            "preset0-cbcs-single", ladder(SINGLE_FILE, CBCS, false, WIDEVINE, PLAYREADY, FAIRPLAY)),
        new TestPresentation(
            "preset1-cbcs-segments",
            ladder(SEGMENTS, CBCS, true, WIDEVINE, PLAYREADY, FAIRPLAY, CLEARKEY)),
        new TestPresentation("hevc-two-languages-cbcs-segments", hevcTwoLanguages()),
        new TestPresentation("audio-only-cbcs-segments", audioOnly()),
        new TestPresentation("selections-clear-segments", SelectionCase.presentation()),
        new TestPresentation(
            "thumbnails-cbcs-single",
            thumbnails(ladder(SINGLE_FILE, CBCS, false, WIDEVINE, FAIRPLAY))));
  }

  public static TestPresentation named(String folder) {
    return all().stream().filter(c -> c.folder().equals(folder)).findFirst().orElseThrow();
  }

  @Override
  public String toString() {
    return folder;
  }

  private static Presentation ladder(
      Layout layout, @Nullable ProtectionScheme scheme, boolean keyPerTrack, DrmSystem... systems) {
    Keys keys = new Keys(scheme, keyPerTrack, systems);
    double fps = 24_000 / 1001.0;
    return new Presentation(
        layout,
        6,
        List.of(
            TestTracks.packagedVideo(
                TestTracks.video("video-360p", "avc1.64001e", 640, 360, fps),
                layout,
                800_000,
                keys.next()),
            TestTracks.packagedVideo(
                TestTracks.video("video-720p", "avc1.64001f", 1280, 720, fps),
                layout,
                2_400_000,
                keys.next()),
            TestTracks.packagedVideo(
                TestTracks.video("video-1080p", "avc1.640028", 1920, 1080, fps),
                layout,
                5_000_000,
                keys.next()),
            TestTracks.packagedAudio(
                TestTracks.audio("audio-en", "mp4a.40.2", "en", 2), layout, 128_000, keys.next())));
  }

  /** Three tracks of two formats; of the last, less than a thumbnail is missing at the end. */
  private static Presentation thumbnails(Presentation media) {
    return new Presentation(
        media.layout(),
        media.segmentSeconds(),
        media.tracks(),
        media.webVtt(),
        List.of(
            images("thumbnails-90p", Tiling.of("5x4", "0.5"), ImageFormat.JPEG, 160, 90, 3),
            images("thumbnails-180p", Tiling.of("2x2", "2.002"), ImageFormat.JPEG, 320, 180, 3),
            images("thumbnails-36p", Tiling.of("1x1", "5"), ImageFormat.PNG, 64, 36, 4)));
  }

  private static ThumbnailTrack images(
      String name, Tiling tiling, ImageFormat format, int width, int height, int count) {
    List<ThumbnailTrack.Image> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      images.add(
          new ThumbnailTrack.Image(
              InputFile.of(Path.of("given-" + i)),
              new ImageFile(
                  format, 10_000 + 1000 * i, width * tiling.columns(), height * tiling.rows())));
    }
    return new ThumbnailTrack(name, tiling, images);
  }

  private static Presentation hevcTwoLanguages() {
    Keys keys = new Keys(CBCS, true, WIDEVINE, FAIRPLAY);
    TrackProtection sound = keys.next();
    return new Presentation(
        SEGMENTS,
        6,
        List.of(
            TestTracks.packagedVideo(
                TestTracks.video("video-1080p", "hvc1.1.6.L120.90", 1920, 1080, 24_000 / 1001.0),
                SEGMENTS,
                4_000_000,
                keys.next()),
            TestTracks.packagedVideo(
                TestTracks.hdr("video-2160p", "hvc1.2.4.L150.90", 3840, 2160, 24_000 / 1001.0),
                SEGMENTS,
                12_000_000,
                keys.next()),
            TestTracks.packagedAudio(
                TestTracks.audio("audio-en", "mp4a.40.2", "en", 2), SEGMENTS, 128_000, sound),
            TestTracks.packagedAudio(
                TestTracks.audio("audio-de", "mp4a.40.2", "de", 2), SEGMENTS, 128_000, sound),
            TestTracks.packagedAudio(
                TestTracks.audio("audio-en-6ch", "ec-3", "en", 6), SEGMENTS, 384_000, sound),
            TestTracks.packaged(
                TestTracks.text("text-en", "en"),
                SEGMENTS,
                1000,
                List.of(6000L, 14_520L),
                400,
                null)));
  }

  private static Presentation audioOnly() {
    Keys keys = new Keys(CBCS, false, FAIRPLAY, WIDEVINE);
    return new Presentation(
        SEGMENTS,
        6,
        List.of(
            TestTracks.packagedAudio(
                TestTracks.audio("audio-64k", "mp4a.40.2", "und", 2),
                SEGMENTS,
                64_000,
                keys.next()),
            TestTracks.packagedAudio(
                TestTracks.audio("audio-128k", "mp4a.40.2", "und", 2),
                SEGMENTS,
                128_000,
                keys.next())));
  }

  /** Gives each track its protection. */
  private static final class Keys {
    private final @Nullable ProtectionScheme scheme;
    private final boolean keyPerTrack;
    private final DrmSystem[] systems;
    private int count;

    Keys(@Nullable ProtectionScheme scheme, boolean keyPerTrack, DrmSystem... systems) {
      this.scheme = scheme;
      this.keyPerTrack = keyPerTrack;
      this.systems = systems;
    }

    @Nullable TrackProtection next() {
      count++;
      int number = keyPerTrack ? count : 1;
      return scheme == null
          ? null
          : TestProtection.of(scheme, TestProtection.keyId(number), systems);
    }
  }
}
