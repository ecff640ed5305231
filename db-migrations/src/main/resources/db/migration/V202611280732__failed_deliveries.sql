-- Deliveries that were given up are few, and are counted by tenant and time.
CREATE INDEX webhook_delivery_failed ON webhook_delivery (workspace_id, livemode, ended_at) WHERE status = 'failed';
