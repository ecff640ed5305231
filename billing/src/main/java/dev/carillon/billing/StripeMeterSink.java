package dev.carillon.billing;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.param.billing.MeterEventCreateParams;
import dev.carillon.core.usage.MeterEvents.Unreported;
import jakarta.inject.Singleton;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stripe's meters. The meter must exist at Stripe with our event name and Stripe's default payload keys. */
@Singleton
class StripeMeterSink implements MeterSink {
    private static final Logger LOG = LoggerFactory.getLogger(StripeMeterSink.class);

    /** Wrong key, missing permission or too many requests: the next event would fail as well. */
    private static final Set<Integer> NOT_NOW = Set.of(401, 403, 409, 429);

    private final StripeClient stripe;
    private final String meterPrefix;

    StripeMeterSink(StripeConfig config) {
        int millis = Math.toIntExact(config.timeout().toMillis());
        stripe = StripeClient.builder()
                .setApiKey(config.key())
                .setApiBase(config.apiBase())
                .setConnectTimeout(millis)
                .setReadTimeout(millis)
                // A retry inside the client would hide that the outcome of an earlier attempt is unknown; the next tick
                // repeats.
                .setMaxNetworkRetries(0)
                .build();
        meterPrefix = config.meterPrefix();
    }

    @Override
    public Report report(Unreported event) {
        try {
            stripe.v1().billing().meterEvents().create(params(event));
            return Report.TAKEN;
        } catch (StripeException e) {
            var report = reportOf(e);
            if (report != Report.TAKEN) {
                log(event, e, report);
            }
            return report;
        }
    }

    private MeterEventCreateParams params(Unreported event) {
        return MeterEventCreateParams.builder()
                .setEventName(meterPrefix + event.meter())
                .setIdentifier(event.identifier())
                .setTimestamp(event.at().getEpochSecond())
                .putPayload("stripe_customer_id", event.customer())
                .putPayload("value", Long.toString(event.quantity()))
                .build();
    }

    private static Report reportOf(StripeException trouble) {
        Integer status = trouble.getStatusCode();
        if (status == null || status < 400 || status >= 500) {
            return Report.UNKNOWN;
        }
        if (isDouble(trouble)) {
            return Report.TAKEN;
        }
        return NOT_NOW.contains(status) ? Report.NOT_NOW : Report.REFUSED;
    }

    /** Some versions of Stripe's API return the code, others only say it in the message. */
    private static boolean isDouble(StripeException trouble) {
        var message = trouble.getMessage();
        return "duplicate_meter_event".equals(trouble.getCode())
                || (message != null && message.contains("already exists with identifier"));
    }

    private static void log(Unreported event, StripeException trouble, Report report) {
        LOG.atWarn()
                .addKeyValue("event", event.identifier())
                .addKeyValue("report", report)
                .addKeyValue("status", trouble.getStatusCode())
                .addKeyValue("code", trouble.getCode())
                .addKeyValue("stripe_request", trouble.getRequestId())
                .log("usage not reported");
    }
}
