package io.keymux.api.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.api.config.HttpInputs;
import io.keymux.api.config.NameGlob;
import io.keymux.api.config.Roots;
import io.keymux.api.config.StorageSettings;
import io.keymux.cpix.DrmException;
import io.keymux.keyserver.http.AddressPolicy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows 1 to 3 of the threat table, for inputs. */
class HttpAddressTest {
  private final List<String> lookedUp = new ArrayList<>();
  private final RangeServer files = new RangeServer();
  private final Storages storage =
      Storages.of(
          Roots.of(List.of()),
          new StorageSettings(
              new HttpInputs(AddressPolicy.PUBLIC, List.of(NameGlob.of("*"))), List.of(), null),
          this::resolve);

  /** The first look-up is harmless, the second would not be. */
  private List<InetAddress> resolve(String host) throws UnknownHostException {
    lookedUp.add(host);
    return switch (host) {
      case "rebinding.example" ->
          List.of(InetAddress.getByName(lookedUp.size() == 1 ? "192.0.2.1" : "127.0.0.1"));
      case "mixed.example" ->
          List.of(InetAddress.getByName("93.184.216.34"), InetAddress.getByName("10.0.0.1"));
      default -> List.of(InetAddress.getByName(host));
    };
  }

  @BeforeEach
  void put() {
    files.files.put("/a.mp4", new byte[10]);
  }

  @AfterEach
  void close() {
    storage.close();
    files.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.1",
        "0x7f.1",
        "0x7f000001",
        "2130706433",
        "017700000001",
        "0177.0.0.1",
        "127.0.0.1.",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[64:ff9b::7f00:1]",
        "[fd00::1]",
        "[fe80::1]",
        "[ff02::1]",
        "0.0.0.0",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "mixed.example"
      })
  void size_privateAddress_isRefusedWithNothingSent(String host) {
    String url = "http://" + host + ":" + files.port() + "/a.mp4";
    DrmException e =
        catchThrowableOfType(DrmException.class, () -> storage.input(url, null).size());
    assertThat(e.code()).isIn("storage-address-refused", "url-not-supported");
    assertThat(files.headers).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://user@127.0.0.1/a",
        "http://93.184.216.34@127.0.0.1/a",
        "http:\\\\127.0.0.1\\a",
        "http:///a",
        "http://127。0。0。1/a",
        "https://exa mple/a",
        "http://[fe80::1%25eth0]/a",
        "http:/127.0.0.1/a",
        "http://",
        "https://192.0.2.1:70000/a"
      })
  void input_oddUrl_isRefusedBeforeAnythingIsLookedUp(String url) {
    DrmException e =
        catchThrowableOfType(DrmException.class, () -> storage.input(url, null).size());
    assertThat(e.code()).isIn("url-not-supported", "storage-address-refused");
    assertThat(e.getMessage()).doesNotContain("user@");
    assertThat(lookedUp).isEmpty();
  }

  @Test
  void size_nameThatChangesItsAddress_neverReachesThisMachine() {
    String url = "http://rebinding.example:" + files.port() + "/a.mp4";
    DrmException e =
        catchThrowableOfType(DrmException.class, () -> storage.input(url, null).size());
    assertThat(e.code()).isIn("storage-address-refused", "storage-unavailable");
    assertThat(files.headers).isEmpty();
  }
}
