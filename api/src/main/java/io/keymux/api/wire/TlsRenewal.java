package io.keymux.api.wire;

import io.keymux.api.config.TlsSettings;
import io.keymux.cpix.DrmException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a new certificate for new connections once its file was replaced, within a minute. */
final class TlsRenewal extends AbstractLifeCycle {
  private static final Logger log = LoggerFactory.getLogger(TlsRenewal.class);
  private static final long LOOK_SECONDS = 30;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "keymux-tls");
            thread.setDaemon(true);
            return thread;
          });
  private final SslContextFactory.Server context;
  private final TlsSettings settings;
  private FileTime loaded;

  TlsRenewal(SslContextFactory.Server context, TlsSettings settings) {
    this.context = context;
    this.settings = settings;
    this.loaded = written();
  }

  @Override
  protected void doStart() {
    var unused =
        timer.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  protected void doStop() {
    timer.shutdownNow();
  }

  /**
   * With files that do not go together, which may be the first of two that are replaced, it waits.
   */
  void look() {
    FileTime now = written();
    if (now.equals(loaded)) {
      return;
    }
    try {
      context.reload(any -> Tls.load(context, settings));
      loaded = now;
      log.info("the certificate was replaced");
    } catch (DrmException e) {
      log.warn("the new certificate is not used: {}", e.problem());
    } catch (Exception e) {
      log.warn("the new certificate is not used: {}", e.getClass().getSimpleName());
    }
  }

  private FileTime written() {
    try {
      FileTime certificate = Files.getLastModifiedTime(settings.certificate());
      FileTime key = Files.getLastModifiedTime(settings.key());
      return certificate.compareTo(key) > 0 ? certificate : key;
    } catch (IOException e) {
      return loaded == null ? FileTime.fromMillis(0) : loaded;
    }
  }
}
