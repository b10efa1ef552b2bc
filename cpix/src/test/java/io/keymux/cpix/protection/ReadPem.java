package io.keymux.cpix.protection;

import io.keymux.cpix.credential.CertificateReader;
import java.util.concurrent.Callable;

/** Reads a certificate in PEM. */
public final class ReadPem implements Callable<Integer> {

  public ReadPem(byte[] certificate, Object privateKey) {}

  @Override
  public Integer call() {
    return CertificateReader.read("certificate", new byte[] {'-'}).size();
  }
}
