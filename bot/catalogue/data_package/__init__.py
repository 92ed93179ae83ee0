"""The open data package: the catalogue as tables with a schema, as linked data, and what changed since an older one."""
