"""The engine: reads the law files strictly and runs one rule in four ways (scalar, NumPy, SQL filter, Vietnamese text)."""
