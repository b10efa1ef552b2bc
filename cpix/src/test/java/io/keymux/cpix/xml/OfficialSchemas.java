package io.keymux.cpix.xml;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.bootstrap.DOMImplementationRegistry;
import org.w3c.dom.ls.DOMImplementationLS;
import org.w3c.dom.ls.LSInput;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * The official schemas of CPIX, by version. The schemas of W3C that they import carry a DOCTYPE of
 * w3.org; that DTD is answered with nothing, so no network is needed.
 */
public final class OfficialSchemas {
  private static final Map<String, OfficialSchemas> LOADED = new ConcurrentHashMap<>();

  private final Schema schema;

  private OfficialSchemas(Schema schema) {
    this.schema = schema;
  }

  /**
   * The schema of one version; the calling test is skipped where the schemas are absent.
   *
   * @param version 2.1, 2.2, 2.3, 2.3.1 or 2.4
   */
  public static OfficialSchemas of(String version) {
    return LOADED.computeIfAbsent(
        version, name -> load(Resources.vectors().resolve("dashif-spec-xsd").resolve(name)));
  }

  private static OfficialSchemas load(Path folder) {
    try {
      DOMImplementationLS dom =
          (DOMImplementationLS) DOMImplementationRegistry.newInstance().getDOMImplementation("LS");
      SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
      factory.setResourceResolver(
          (kind, namespace, publicId, systemId, base) -> input(dom, folder, systemId));
      return new OfficialSchemas(
          factory.newSchema(new StreamSource(folder.resolve("cpix.xsd").toFile())));
    } catch (SAXException | ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static LSInput input(DOMImplementationLS dom, Path folder, @Nullable String systemId) {
    LSInput input = dom.createLSInput();
    input.setSystemId(systemId);
    if (systemId == null) { // The import of the xml namespace names no file.
      input.setCharacterStream(
          new StringReader(
              "<schema xmlns='http://www.w3.org/2001/XMLSchema'"
                  + " targetNamespace='http://www.w3.org/XML/1998/namespace'/>"));
    } else if (systemId.endsWith(".dtd")) {
      input.setCharacterStream(new StringReader(" "));
    } else {
      try {
        input.setByteStream(
            new ByteArrayInputStream(
                Files.readAllBytes(folder.resolve(Path.of(systemId).getFileName()))));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return input;
  }

  /** What the schema has against {@code xml}, each with line and column; empty if it is valid. */
  public List<String> errors(byte[] xml) {
    List<String> errors = new ArrayList<>();
    Validator validator = schema.newValidator();
    validator.setErrorHandler(
        new ErrorHandler() {
          @Override
          public void warning(SAXParseException e) {
            errors.add(e.toString());
          }

          @Override
          public void error(SAXParseException e) {
            errors.add(e.toString());
          }

          @Override
          public void fatalError(SAXParseException e) {
            errors.add(e.toString());
          }
        });
    try {
      validator.validate(new StreamSource(new ByteArrayInputStream(xml)));
    } catch (SAXException e) {
      errors.add(e.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return errors;
  }
}
