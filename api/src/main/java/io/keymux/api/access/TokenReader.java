package io.keymux.api.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads tokens of one issuer. Safe for use by several threads. */
final class TokenReader {
  private static final Logger log = LoggerFactory.getLogger(TokenReader.class);

  /** A token's dates may be off by as much. */
  static final Duration SKEW = Duration.ofSeconds(60);

  /** The longest that a token may still be good for. */
  static final Duration LONGEST = Duration.ofHours(24);

  private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern SUBJECT = Pattern.compile("[\\x21-\\x7e]{1,128}");

  private final TokenIssuer issuer;
  private final Clock clock;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  TokenReader(TokenIssuer issuer, Clock clock) {
    this.issuer = issuer;
    this.clock = clock;
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    Set<JWSAlgorithm> algorithms =
        issuer.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toSet());
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(algorithms, IssuerKeys.of(issuer.keys())));
    processor.setJWTClaimsSetVerifier(new Claims(issuer, clock));
  }

  /** Dates by the service's clock. */
  private static final class Claims extends DefaultJWTClaimsVerifier<SecurityContext> {
    private final Clock clock;

    Claims(TokenIssuer issuer, Clock clock) {
      super(
          issuer.audience(),
          new JWTClaimsSet.Builder().issuer(issuer.name()).build(),
          Set.of("exp", "sub", "aud"));
      this.clock = clock;
      setMaxClockSkew((int) SKEW.toSeconds());
    }

    @Override
    protected Date currentTime() {
      return Date.from(clock.instant());
    }
  }

  /**
   * Whose a token is.
   *
   * @param subject the claim {@code sub}
   */
  record Bearer(String subject, String tenant, Set<Scope> scopes) {
    Bearer {
      scopes = Set.copyOf(scopes);
    }
  }

  /** Whether a token says that this issuer made it; nothing of it is known to be true yet. */
  boolean claims(SignedJWT token) {
    try {
      return issuer.name().equals(token.getJWTClaimsSet().getIssuer());
    } catch (ParseException e) {
      return false;
    }
  }

  /** Empty if the token proves nothing, for whatever reason. */
  Optional<Bearer> read(SignedJWT token) {
    try {
      return bearer(processor.process(token, null));
    } catch (JOSEException e) {
      // The keys cannot be had. Its message may quote the token.
      log.warn("the keys of a token's issuer cannot be fetched from {}", issuer.keys().getHost());
      return Optional.empty();
    } catch (BadJOSEException | ParseException e) {
      return Optional.empty();
    }
  }

  private Optional<Bearer> bearer(JWTClaimsSet claims) throws ParseException {
    Instant latest = clock.instant().plus(LONGEST).plus(SKEW);
    String subject = claims.getSubject();
    String tenant =
        issuer.tenant() != null ? issuer.tenant() : claims.getStringClaim(issuer.tenantClaim());
    boolean usable =
        !claims.getExpirationTime().toInstant().isAfter(latest)
            && SUBJECT.matcher(subject).matches()
            && tenant != null
            && TENANT.matcher(tenant).matches();
    return usable
        ? Optional.of(new Bearer(subject, tenant, scopes(claims.getClaim(issuer.scopeClaim()))))
        : Optional.empty();
  }

  private Set<Scope> scopes(Object claim) {
    Collection<?> words =
        claim instanceof String text
            ? List.of(text.split(" ", -1))
            : claim instanceof Collection<?> list ? list : List.of();
    Set<Scope> granted = EnumSet.noneOf(Scope.class);
    words.forEach(word -> Scope.ofId(String.valueOf(word)).ifPresent(granted::add));
    granted.retainAll(issuer.scopes());
    return granted;
  }
}
