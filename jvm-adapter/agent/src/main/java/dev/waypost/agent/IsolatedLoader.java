package dev.waypost.agent;

import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * The classes below {@code isolated/} of the agent's jar, each folder there a jar that was unpacked. Beside the program's
 * class loaders, with nothing but the JDK above it: neither sees the other's classes, whatever their names are.
 */
final class IsolatedLoader extends ClassLoader {
    private static final String ROOT = "isolated/";

    static {
        registerAsParallelCapable();
    }

    private final JarFile jar;
    private final URL url;
    private final List<String> folders;
    private final ProtectionDomain domain = IsolatedLoader.class.getProtectionDomain();

    /** Keeps the jar open for as long as the JVM runs. */
    IsolatedLoader(File file) throws IOException {
        super(ClassLoader.getSystemClassLoader().getParent());
        this.jar = new JarFile(file);
        this.url = file.toURI().toURL();
        this.folders = folders(jar);
    }

    private static List<String> folders(JarFile jar) {
        Set<String> folders = new LinkedHashSet<>();
        for (JarEntry entry : Collections.list(jar.entries())) {
            String name = entry.getName();
            int end = name.startsWith(ROOT) ? name.indexOf('/', ROOT.length()) : -1;
            if (end > 0) {
                folders.add(name.substring(0, end + 1));
            }
        }
        return new ArrayList<>(folders);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        List<JarEntry> found = entries(name.replace('.', '/') + ".class");
        if (found.isEmpty()) {
            throw new ClassNotFoundException(name);
        }
        JarEntry entry = found.get(0);
        byte[] code = new byte[(int) entry.getSize()];
        try (DataInputStream in = new DataInputStream(jar.getInputStream(entry))) {
            in.readFully(code);
        } catch (IOException unreadable) {
            throw new ClassNotFoundException(name, unreadable);
        }
        return defineClass(name, code, 0, code.length, domain);
    }

    @Override
    protected @Nullable URL findResource(String name) {
        List<JarEntry> found = entries(name);
        return found.isEmpty() ? null : url(found.get(0));
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        List<URL> urls = new ArrayList<>();
        entries(name).forEach(entry -> urls.add(url(entry)));
        return Collections.enumeration(urls);
    }

    private List<JarEntry> entries(String name) {
        List<JarEntry> found = new ArrayList<>(1);
        for (String folder : folders) {
            JarEntry entry = jar.getJarEntry(folder + name);
            if (entry != null) {
                found.add(entry);
            }
        }
        return found;
    }

    private URL url(JarEntry entry) {
        try {
            return new URL("jar:" + url + "!/" + entry.getName());
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(entry.getName(), impossible);
        }
    }
}
