"""ansinh: the working system of a provincial social-protection division."""
