-- A draft may lose a target before it was ever scheduled; its publication is then gone without a trace, as nothing came of it.
GRANT DELETE ON publication TO carillon_app;
