package io.keymux.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.DrmException;
import io.keymux.keyserver.SeedKeys;
import io.keymux.packager.Keymux;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What is compared with the last release is what {@code library.md} calls API, and enough: whoever
 * uses it never has to name a type that is not.
 */
class PublicApiTest {
  private static final Path ROOT = Path.of(System.getProperty("keymux.root", ".."));

  /** What API types mention for Keymux's own use. */
  private static final Set<String> OF_NO_USE_TO_CALLERS =
      Set.of("io.keymux.packager.codec.TrackCodec");

  private static final Set<String> API =
      matches("pom.xml", "<include>(io\\.keymux[^<]*)</include>");

  @Test
  void guide_everyPackageAndType_isComparedWithTheLastRelease() {
    Set<String> compared =
        API.stream().map(name -> name.replace('$', '.')).collect(Collectors.toSet());

    assertThat(matches("docs/library.md", "(?m)^\\| `(io\\.keymux[^`]*)` \\|"))
        .isEqualTo(new TreeSet<>(compared));
  }

  @Test
  void api_everyNameOfThePom_existsInTheModules() throws Exception {
    Set<String> names = new TreeSet<>();
    for (Class<?> type : publicTypes()) {
      names.add(type.getPackageName());
      names.add(type.getName());
    }
    assertThat(names).containsAll(API);
  }

  @Test
  void api_everySignature_namesApiTypesOnly() throws Exception {
    List<String> others = new ArrayList<>();
    int seen = 0;
    for (Class<?> type : publicTypes()) {
      if (isApi(type)) {
        seen++;
        for (Class<?> named : namedBy(type)) {
          if (named.getName().startsWith("io.keymux.")
              && !isApi(named)
              && !OF_NO_USE_TO_CALLERS.contains(named.getName())) {
            others.add(type.getName() + " names " + named.getName());
          }
        }
      }
    }
    assertThat(seen).isGreaterThan(200);
    assertThat(others).isEmpty();
  }

  private static boolean isApi(Class<?> type) {
    return API.contains(type.getPackageName()) || API.contains(type.getName());
  }

  private static Set<String> matches(String file, String regex) {
    try {
      return Pattern.compile(regex)
          .matcher(Files.readString(ROOT.resolve(file)))
          .results()
          .map(match -> match.group(1))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<Class<?>> publicTypes() throws Exception {
    List<Class<?>> types = new ArrayList<>();
    for (Class<?> module : List.of(DrmException.class, Keymux.class, SeedKeys.class)) {
      for (String name : classNames(module)) {
        Class<?> type = Class.forName(name, false, module.getClassLoader());
        if (isVisible(type)) {
          types.add(type);
        }
      }
    }
    return types;
  }

  /** From the classes folder or the jar, whichever the build runs on. */
  private static List<String> classNames(Class<?> module) throws IOException, URISyntaxException {
    URI place = module.getProtectionDomain().getCodeSource().getLocation().toURI();
    if (Files.isDirectory(Path.of(place))) {
      return classNames(Path.of(place));
    }
    try (var jar = java.nio.file.FileSystems.newFileSystem(Path.of(place))) {
      return classNames(jar.getPath("/"));
    }
  }

  private static List<String> classNames(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(file -> folder.relativize(file).toString())
          .filter(name -> name.endsWith(".class") && !name.endsWith("package-info.class"))
          .map(name -> name.substring(0, name.length() - 6).replace('/', '.'))
          .toList();
    }
  }

  private static boolean isVisible(Class<?> type) {
    for (Class<?> outer = type; outer != null; outer = outer.getEnclosingClass()) {
      if (!isVisible(outer.getModifiers())) {
        return false;
      }
    }
    return !type.isAnonymousClass();
  }

  private static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static Set<Class<?>> namedBy(Class<?> type) {
    List<Type> named = new ArrayList<>(List.of(type.getGenericInterfaces()));
    named.add(type.getGenericSuperclass());
    for (Method method : type.getDeclaredMethods()) {
      if (isVisible(method.getModifiers()) && !method.isSynthetic()) {
        named.add(method.getGenericReturnType());
        addParameters(method, named);
      }
    }
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (isVisible(constructor.getModifiers())) {
        addParameters(constructor, named);
      }
    }
    for (Field field : type.getDeclaredFields()) {
      if (isVisible(field.getModifiers())) {
        named.add(field.getGenericType());
      }
    }
    Set<Class<?>> classes = new java.util.LinkedHashSet<>();
    named.forEach(each -> addClasses(each, classes));
    return classes;
  }

  private static void addParameters(Executable executable, List<Type> named) {
    named.addAll(List.of(executable.getGenericParameterTypes()));
    named.addAll(List.of(executable.getGenericExceptionTypes()));
  }

  private static void addClasses(@Nullable Type type, Set<Class<?>> classes) {
    if (type instanceof Class<?> plain) {
      classes.add(plain.isArray() ? plain.componentType() : plain);
    } else if (type instanceof ParameterizedType generic) {
      addClasses(generic.getRawType(), classes);
      Stream.of(generic.getActualTypeArguments()).forEach(each -> addClasses(each, classes));
    } else if (type instanceof GenericArrayType array) {
      addClasses(array.getGenericComponentType(), classes);
    } else if (type instanceof WildcardType wildcard) {
      Stream.of(wildcard.getUpperBounds()).forEach(each -> addClasses(each, classes));
      Stream.of(wildcard.getLowerBounds()).forEach(each -> addClasses(each, classes));
    }
  }
}
