"""The city's platform for electronic certificates (共享核查平台): requests for verification, both ways."""
