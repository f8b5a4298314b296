package io.callweave.cli.common;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads the address of a webhook. A refusal never repeats the address, which can hold a password. For the same reason an
 * address with a user or a password is refused: it would appear in messages, and a bridge asks for neither.
 */
public final class WebhookUrl implements ITypeConverter<URI> {

    private static final Pattern WITH_USER = Pattern.compile("([^/]*//)?[^/?#]*@");

    @Override
    public URI convert(String text) {
        if (WITH_USER.matcher(text).lookingAt()) {
            throw new TypeConversionException(
                    "it must not hold a user or a password; --token is what a bridge asks for.");
        }
        try {
            URI url = new URI(text);
            String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            if (url.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
                return url;
            }
        } catch (URISyntaxException e) {
            // The same sentence; the exception repeats the address.
        }
        throw new TypeConversionException("it must be like http://127.0.0.1:8081/webhooks/809646016.");
    }
}
