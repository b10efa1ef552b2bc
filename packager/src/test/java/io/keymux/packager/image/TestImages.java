package io.keymux.packager.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Images made by the JDK. */
public final class TestImages {
  private TestImages() {}

  /** Files {@code NAME-1.jpg} and so on, each with another picture. */
  public static List<Path> jpegs(Path folder, String name, int count, int width, int height) {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] bytes = jpeg(width, height, i, false);
      files.add(write(folder.resolve(name + "-" + (i + 1) + ".jpg"), bytes));
    }
    return files;
  }

  public static Path write(Path file, byte[] bytes) {
    try {
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] jpeg(int width, int height, int seed, boolean progressive) {
    return encode(picture(width, height, seed, BufferedImage.TYPE_INT_RGB), "jpg", progressive);
  }

  /**
   * @param type of {@link BufferedImage}
   */
  public static byte[] png(int width, int height, int type, boolean interlaced) {
    return encode(picture(width, height, 1, type), "png", interlaced);
  }

  private static BufferedImage picture(int width, int height, int seed, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    Graphics2D pen = image.createGraphics();
    for (int x = 0; x < width; x += 4) {
      pen.setColor(new Color((x * 7 + seed * 40) % 256, (x * 3) % 256, (seed * 90) % 256));
      pen.fillRect(x, 0, 4, height);
    }
    pen.dispose();
    return image;
  }

  private static byte[] encode(BufferedImage image, String format, boolean progressive) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam wish = writer.getDefaultWriteParam();
      wish.setProgressiveMode(
          progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
      writer.write(null, new IIOImage(image, null, null), wish);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
