"""Worked cases: their two formats as strict JSON Schema, reading a file, comparing what the engine gives."""
