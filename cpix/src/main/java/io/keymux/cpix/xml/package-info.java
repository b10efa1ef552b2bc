/**
 * CPIX documents as XML, and the one hardened way to parse and write XML. No other package binds
 * XML to objects.
 */
@NullMarked
@XmlSchema(
    namespace = CpixNames.CPIX,
    elementFormDefault = XmlNsForm.QUALIFIED,
    xmlns = {
      @XmlNs(prefix = "cpix", namespaceURI = CpixNames.CPIX),
      @XmlNs(prefix = "pskc", namespaceURI = CpixNames.PSKC)
    })
package io.keymux.cpix.xml;

import jakarta.xml.bind.annotation.XmlNs;
import jakarta.xml.bind.annotation.XmlNsForm;
import jakarta.xml.bind.annotation.XmlSchema;
import org.jspecify.annotations.NullMarked;
