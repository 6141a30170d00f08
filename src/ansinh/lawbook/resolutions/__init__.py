"""Pages of the province's resolutions: written by a form or a file, counted, proposed, confirmed by somebody else."""
