package io.keymux.api.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How the service speaks TLS; files in PEM.
 *
 * @param certificate the service's own, then those that lead to its authority
 * @param key its private key, not encrypted
 * @param clientAuthorities who may have issued certificates of clients; null if none are asked for
 */
public record TlsSettings(Path certificate, Path key, @Nullable Path clientAuthorities) {}
