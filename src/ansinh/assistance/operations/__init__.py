"""Acts on lists of a commune: examine them under the law, commit them as decisions."""
