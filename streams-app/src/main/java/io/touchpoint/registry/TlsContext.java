package io.touchpoint.registry;

import io.touchpoint.registry.RegistrySettings.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Builds the TLS context of the registry's connection from key store files. */
final class TlsContext {

    private TlsContext() {}

    /**
     * Empty where the JVM's default serves.
     *
     * @throws IllegalArgumentException when a store cannot be read
     */
    static Optional<SSLContext> of(Tls tls) {
        if (tls.trustStore().isEmpty() && tls.keyStore().isEmpty()) {
            return Optional.empty();
        }
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(
                    tls.keyStore().isPresent() ? keys(tls.keyStore().get()) : null,
                    tls.trustStore().isPresent() ? trust(tls.trustStore().get()) : null,
                    null);
            return Optional.of(context);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("TLS for the schema registry cannot be set up: " + e.getMessage(), e);
        }
    }

    private static KeyManager[] keys(Tls.Store store) throws GeneralSecurityException {
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(load(store), store.password().toCharArray());
        return factory.getKeyManagers();
    }

    private static TrustManager[] trust(Tls.Store store) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(load(store));
        return factory.getTrustManagers();
    }

    private static KeyStore load(Tls.Store store) throws GeneralSecurityException {
        var loaded = KeyStore.getInstance(store.type());
        try (var in = Files.newInputStream(store.file())) {
            loaded.load(in, store.password().toCharArray());
            return loaded;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "key store " + store.file() + " cannot be read as " + store.type() + ": " + e.getMessage(), e);
        }
    }
}
