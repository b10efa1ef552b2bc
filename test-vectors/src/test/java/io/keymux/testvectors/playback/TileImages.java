package io.keymux.testvectors.playback;

import io.keymux.packager.media.Tiling;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * Images of thumbnails in which each thumbnail has a colour of its own.
 *
 * @param format {@code jpg} or {@code png}
 * @param width of one thumbnail, a multiple of 16: JPEG then mixes no colours
 * @param height likewise
 * @param count how many images
 */
record TileImages(Tiling tiling, String format, int width, int height, int count) {
  /** Files in a folder, in order. */
  List<Path> write(Path folder) {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      BufferedImage image =
          new BufferedImage(
              width * tiling.columns(), height * tiling.rows(), BufferedImage.TYPE_INT_RGB);
      Graphics2D pen = image.createGraphics();
      for (int place = 0; place < tiling.count(); place++) {
        pen.setColor(colour(i * tiling.count() + place));
        pen.fillRect(x(place), y(place), width, height);
      }
      pen.dispose();
      Path file = folder.resolve("%s-%d-%02d.%s".formatted(format, height, i + 7, format));
      try {
        ImageIO.write(image, format, file.toFile());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      files.add(file);
    }
    return files;
  }

  /** What a player must find at a time, as the test page compares it. */
  Map<String, Object> at(double seconds) {
    int thumbnail = (int) Math.floor(seconds * 1e6 / tiling.everyMicros() + 1e-6);
    int place = thumbnail % tiling.count();
    Color colour = colour(thumbnail);
    return Map.of(
        "time", seconds,
        "url",
            "thumbnails-%dp/image-%d.%s".formatted(height, thumbnail / tiling.count() + 1, format),
        "x", x(place),
        "y", y(place),
        "width", width,
        "height", height,
        "colour", List.of(colour.getRed(), colour.getGreen(), colour.getBlue()));
  }

  private int x(int place) {
    return place % tiling.columns() * width;
  }

  private int y(int place) {
    return place / tiling.columns() * height;
  }

  /** Grey would hide what JPEG does to colours; neighbours differ by 32 at least in one channel. */
  private static Color colour(int thumbnail) {
    return new Color(
        thumbnail % 8 * 32 + 16, thumbnail / 8 % 8 * 32 + 16, (thumbnail * 5 + 3) % 8 * 32 + 16);
  }
}
