"""The invented province at any size: columns drawn with NumPy, written by COPY, constraints and indexes built after."""
