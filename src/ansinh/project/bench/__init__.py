"""`ansinh bench`: how fast the heart beats, each figure beside the same job done row by row in the same run."""
