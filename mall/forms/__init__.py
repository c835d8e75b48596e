"""Plain helpers that every face may use to turn a definition into a form and answers into words.

Not a face: it has no address and no view. It knows the engine's definitions and the design system only.
"""
