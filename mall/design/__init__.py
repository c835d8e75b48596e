"""The design system of the mall: base pages, components, forms, charts, icons."""
