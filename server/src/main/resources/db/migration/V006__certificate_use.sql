-- When a certificate was first shown. An expired one may still renew, unless a newer one has been in use: an answer that got
-- lost on its way must not shut the endpoint out.
alter table endpoint_certificates add column used_at timestamptz;
