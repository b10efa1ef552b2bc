package io.keymux.cpix.xml;

import io.keymux.cpix.CpixDocument;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/** A SPEKE v2 answer: copied, parsed and written, by us and by the JDK, and read as CPIX. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SafeXmlBenchmark {
  private byte[] xml;
  private Document tree;

  @Setup
  public void make() {
    xml = SpekeAnswer.bytes();
    tree = SafeXml.parse(xml);
  }

  @Benchmark
  public byte[] arrayCopy() {
    return xml.clone();
  }

  @Benchmark
  public Document parse() {
    return SafeXml.parse(xml);
  }

  @Benchmark
  public Document parseByTheJdk() throws SAXException {
    return JdkXml.parse(xml);
  }

  @Benchmark
  public byte[] serialize() {
    return SafeXml.serialize(tree);
  }

  @Benchmark
  public byte[] serializeByTheJdk() {
    return JdkXml.serialize(tree);
  }

  @Benchmark
  public CpixDocument read() {
    return CpixReader.read(xml);
  }
}
