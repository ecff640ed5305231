package dev.carillon.connectors.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.connectors.Requests;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.Platform;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an attempt stores of a simulated platform's refusal: the platform's own words in its own format. */
class SimulatedErrorsTest {
    private static RunningSandbox sandbox;
    private static SandboxConnector connector;

    @BeforeAll
    static void start() {
        sandbox = RunningSandbox.start();
        connector = sandbox.connector();
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            X             | duplicate               | duplicate_on_platform | 403 {"title":"Forbidden","type":"about:blank","status":403,"detail":"You are not allowed to create a Tweet with duplicate content."}
            X             | token_expired           | auth_expired          | 401 {"title":"Unauthorized","type":"about:blank","status":401,"detail":"Unauthorized"}
            FACEBOOK      | token_expired           | auth_expired          | {"error":{"message":"Error validating access token: Session has expired.","type":"OAuthException","code":190,"error_subcode":463,"fbtrace_id":"SandboxTrace"}}
            THREADS       | permission_missing      | permission_missing    | {"error":{"message":"(#10) Application does not have permission for this action","type":"OAuthException","code":10,"fbtrace_id":"SandboxTrace"}}
            LINKEDIN      | duplicate               | duplicate_on_platform | 422 {"status":422,"code":"DUPLICATE_POST","message":"Content is a duplicate of urn:li:share:7000000000000000000"}
            LINKEDIN_PAGE | token_expired           | auth_expired          | 401 {"status":401,"serviceErrorCode":65602,"code":"EXPIRED_ACCESS_TOKEN","message":"The token used in the request has expired"}
            MASTODON      | access_revoked          | auth_revoked          | 401 {"error":"The access token was revoked"}
            BLUESKY       | account_suspended       | account_suspended     | {"error":"AccountTakedown","message":"Account has been taken down"}
            TELEGRAM      | rate_limited seconds=7  | platform_rate_limited | 429 {"ok":false,"error_code":429,"description":"Too Many Requests: retry after 7","parameters":{"retry_after":7}}
            DISCORD       | rate_limited seconds=7  | platform_rate_limited | 429 {"message":"You are being rate limited.","retry_after":7,"global":false}
            WORDPRESS     | content_rejected        | platform_rejected     | 400 {"code":"rest_invalid_param","message":"Invalid parameter(s): content","data":{"status":400,"params":{"content":"Invalid parameter."}}}
            X             | server_error            | outcome_unconfirmed   | 500 {"title":"Internal Server Error","type":"about:blank","status":500,"detail":"Internal Server Error"}
            X             | unavailable             | platform_unavailable  | 503 {"title":"Service Unavailable","type":"about:blank","status":503,"detail":"Service Unavailable"}
            MASTODON      | token_expired           | auth_expired          | token_expired: The access token has expired.
            X             | reply_target_missing    | reply_target_missing  | 403 {"title":"Forbidden","type":"about:blank","status":403,"detail":"You attempted to reply to a Tweet that is deleted or not visible to you."}
            SANDBOX       | duplicate               | duplicate_on_platform | duplicate: The account already has the same post.
            """)
    void theRefusalIsKeptInTheWordsOfTheSimulatedPlatform(
            Platform platform, String trouble, String code, String words) {
        var account = Requests.account(platform, Mode.TEST, "alice", null);

        var outcome = connector.publish(
                Requests.on(account).saying("[sandbox:%s]".formatted(trouble)).build());

        Failure failure = Objects.requireNonNull(outcome.failureOrNull());
        assertThat(failure.code().wireName()).isEqualTo(code);
        assertThat(failure.platformMessage()).isEqualTo(words);
    }
}
