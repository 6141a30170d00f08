"""Health-insurance cards that go with the monthly benefits."""
