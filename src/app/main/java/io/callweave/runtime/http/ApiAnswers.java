package io.callweave.runtime.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.JavalinConfig;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the APIs of the roles have in common: their description, access tokens, and errors as JSON. */
public final class ApiAnswers {

    /** The detail of an error that is its word for programs. */
    public static final String CODE = "code";

    /** The detail of an error that says after how many seconds it is worth to try again. */
    public static final String RETRY_AFTER = "retryAfter";

    static final String REFUSED = "refused";

    private static final String ERROR = "error";
    private static final String NO_PATH = "There is no such path; GET /v1/openapi.json describes the API.";
    private static final Logger LOG = LoggerFactory.getLogger(ApiAnswers.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BEARER = "Bearer ";
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int INTERNAL = 500;

    private ApiAnswers() {}

    /**
     * Serves the description of the API, and answers what goes wrong as JSON.
     *
     * @param owner openapi.json is beside this class
     * @param role in whose log a failure is, such as "console"
     */
    public static void configure(JavalinConfig options, Class<?> owner, String role) {
        FixedAnswer description = new FixedAnswer(ContentType.JSON, description(owner));
        options.http.prefer405over404 = true;
        options.routes.get("/v1/openapi.json", description::answer);
        options.routes.exception(HttpResponseException.class, ApiAnswers::refuse);
        options.routes.exception(RuntimeException.class, (e, context) -> {
            LOG.atError()
                    .setMessage("An HTTP API failed.")
                    .addKeyValue("role", role)
                    .setCause(e)
                    .log();
            error(context, INTERNAL, "internal", "Something failed; the log of the " + role + " says more.");
        });
    }

    /** The token of the header Authorization; empty if there is none. */
    public static Optional<String> token(Context context) {
        return bearer(context.header(Header.AUTHORIZATION));
    }

    static Optional<String> bearer(@Nullable String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? Optional.of(authorization.substring(BEARER.length()).strip())
                : Optional.empty();
    }

    /**
     * The whole body of a request.
     *
     * @throws HttpResponseException if it was too large or too slow: answered as an error
     */
    public static byte[] body(Context context) {
        HttpResponseException fault = context.attribute(WholeBodies.FAULT);
        if (fault != null) {
            throw fault;
        }
        return context.bodyAsBytes();
    }

    /**
     * Answers with JSON. Its bytes count until the client has read them.
     *
     * @param budget of all answers
     * @param owner who asks
     * @return false, without an answer, if the owner has not read too many of them
     */
    public static boolean json(Context context, MemoryBudget budget, Object owner, byte[] body) {
        if (!budget.take(owner, body.length)) {
            return false;
        }
        Request.addCompletionListener(
                ServletContextRequest.getServletContextRequest(context.req()),
                failure -> budget.giveBack(owner, body.length));
        context.contentType(ContentType.APPLICATION_JSON).result(body);
        return true;
    }

    /** Whether only the status and the headers are wanted; for answers that would not end. */
    public static boolean isHead(Context context) {
        return context.attribute(HeadAsGet.IS_HEAD) != null;
    }

    /** An error with a word for programs and a sentence for people. */
    public static void error(Context context, int status, String code, String message) {
        refuse(new HttpResponseException(status, message, Map.of(CODE, code)), context);
    }

    /** Answers with an error: its details are members of it, but for {@link #RETRY_AFTER}. */
    public static void refuse(HttpResponseException e, Context context) {
        Map<String, String> details = new LinkedHashMap<>(e.getDetails());
        String code = details.remove(CODE);
        String retryAfter = details.remove(RETRY_AFTER);
        if (retryAfter != null) {
            context.header(Header.RETRY_AFTER, retryAfter);
        }
        if (e.getStatus() == UNAUTHORIZED) {
            context.header(Header.WWW_AUTHENTICATE, BEARER.strip());
        }
        if (context.attribute(WholeBodies.FAULT) != null) {
            // The rest of a body is not the next request.
            context.header(Header.CONNECTION, "close");
        }
        // Javalin itself refuses a path that does not exist, and says nothing that helps.
        boolean isNoPath = code == null && e.getStatus() == NOT_FOUND;
        ObjectNode answer = isNoPath
                ? error("notFound", NO_PATH)
                : error(code == null ? REFUSED : code, String.valueOf(e.getMessage()));
        if (code != null) {
            details.forEach(((ObjectNode) answer.path(ERROR))::put);
        }
        context.status(e.getStatus()).contentType(ContentType.APPLICATION_JSON).result(answer.toString());
    }

    static ObjectNode error(String code, String message) {
        ObjectNode answer = JSON.createObjectNode();
        answer.putObject(ERROR).put(CODE, code).put("message", message);
        return answer;
    }

    private static byte[] description(Class<?> owner) {
        try (InputStream in = owner.getResourceAsStream("openapi.json")) {
            if (in == null) {
                throw new IllegalStateException("openapi.json is not among the resources.");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
