"""Where electronic licences are kept: one provider a module, each behind `LicenseProvider`."""
