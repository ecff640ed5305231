-- Removing an endpoint ends what waits for it, in the same transaction.
GRANT UPDATE (status, ended_at) ON webhook_delivery TO carillon_app;
