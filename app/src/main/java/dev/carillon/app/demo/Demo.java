package dev.carillon.app.demo;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.carillon.app.demo.WebhookReceiver.Received;
import io.micronaut.json.tree.JsonNode;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** Publishes one post to the sandbox platform and prints what happens to it, as a customer can see it. */
public final class Demo {
    private final URI api;
    private final String testKey;
    private final WebhookReceiver receiver;
    private final PrintWriter out;

    public Demo(URI api, String testKey, WebhookReceiver receiver, PrintWriter out) {
        this.api = api;
        this.testKey = testKey;
        this.receiver = receiver;
        this.out = out;
    }

    /**
     * Runs the demo.
     *
     * @throws DemoFailed if a step does not happen within 30 s
     */
    public void run() {
        try (var client = new ApiClient(api, testKey)) {
            out.println();
            out.println("Demo: publish one post to the sandbox platform.");
            var account = Field.text(
                    client.post("/v1/accounts", Map.of("platform", "sandbox", "username", "demo")), "id", "");
            out.println("  account    " + account);
            var endpoint = client.post(
                    "/v1/webhook_endpoints",
                    Map.of("url", receiver.url().toString(), "events", List.of("publication.published")));
            out.println("  webhooks   " + receiver.url());
            try {
                follow(client, account, Field.text(endpoint, "secret", ""));
            } finally {
                // The receiver ends with this process; deliveries to it would fail for days.
                client.delete("/v1/webhook_endpoints/" + Field.text(endpoint, "id", ""));
            }
            out.println("The demo is finished. Carillon keeps running.");
            out.flush();
        }
    }

    private void follow(ApiClient client, String account, String webhookSecret) {
        long metered = metered(client);
        var post = client.post(
                "/v1/posts",
                Map.of(
                        "text",
                        text(),
                        "targets",
                        List.of(Map.of("account_id", account)),
                        "publish",
                        "now",
                        // The demo may run again on the same data.
                        "allow_duplicate",
                        true));
        var steps = new Steps(out);
        var publication = firstPublication(post);
        steps.tell("accepted", Field.text(post, "id", "") + " with " + publication);

        steps.await("claimed", () -> attempts(client, publication) > 0);
        steps.tell("claimed", "a worker has started to publish it");

        steps.await("published", () -> status(client, publication).equals("published"));
        steps.tell("published", Field.text(client.get("/v1/publications/" + publication), "permalink", "no link"));

        var delivery = steps.await("announced", receiver.received());
        verify(delivery, webhookSecret);
        steps.tell("announced", "the webhook has arrived, and its signature is valid", delivery.nanos());

        steps.await("metered", () -> metered(client) > metered);
        steps.tell("metered", "one publication is counted; see %s/v1/usage".formatted(api));
    }

    private static String text() {
        return "One key rings every bell.";
    }

    private static String firstPublication(JsonNode post) {
        var publications = post.get("publications");
        var first = publications == null ? null : publications.get(0);
        if (first == null) {
            throw new DemoFailed("The post has no publication.");
        }
        return Field.text(first, "id", "");
    }

    private static int attempts(ApiClient client, String publication) {
        var data = client.get("/v1/publications/%s/attempts".formatted(publication))
                .get("data");
        return data == null ? 0 : data.size();
    }

    private static String status(ApiClient client, String publication) {
        return Field.text(client.get("/v1/publications/" + publication), "status", "");
    }

    private static long metered(ApiClient client) {
        return Field.number(client.get("/v1/usage"), "quantity");
    }

    private static void verify(Received delivery, String secret) {
        try {
            new Webhook(secret).verify(delivery.body(), delivery.headers());
        } catch (WebhookVerificationException | EmptyWebhookSecretException e) {
            throw new DemoFailed("The webhook's signature is not valid: " + e.getMessage(), e);
        }
    }
}
